targetScope = 'subscription'

metadata name = 'Marathon'
metadata description = 'The controller as an Azure Functions app on Flex Consumption, and a resource group for its fleets of spot machines.'

@minLength(1)
@maxLength(32)
@description('Name of this installation; part of the names of its resources.')
param environmentName string

@minLength(1)
@description('Region of everything. Spot machines must be to be had there.')
param location string

@description('Object id of the person or service that deploys; may then push worker images and read the durable dashboard. Empty gives nobody these rights.')
param principalId string = ''

@allowed([
  'User'
  'ServicePrincipal'
])
@description('What principalId is.')
param principalType string = 'User'

@allowed([
  'scheduler'
  'storage'
])
@description('Where orchestrations are kept: the Durable Task Scheduler, or Azure Storage, which is cheaper and takes about 50 events a second.')
param durableBackend string = 'scheduler'

@description('Repository and tag of the worker image in the registry that is made here.')
param workerImage string = 'worker:latest'

@minLength(1)
@maxLength(8)
@description('VM sizes of workers, in order of preference. The spot market has no B series.')
param workerSizes string[] = [
  'Standard_D2as_v5'
  'Standard_D2s_v5'
  'Standard_D2as_v4'
]

@maxLength(3)
@description('Zones of workers, in order of preference. Empty in a region without zones.')
param workerZones string[] = [
  '1'
  '2'
  '3'
]

@description('Highest price of a spot machine in US dollars per hour, as text; -1 is up to the regular price.')
param workerMaxPrice string = '-1'

@description('Whether workers may be of regular priority, at the full price, where spot machines are not to be had.')
param regularPriorityFallback bool = false

@description('Address space of the virtual network. The workers take its upper half.')
param addressPrefix string = '10.20.0.0/19'

@minValue(40)
@maxValue(1000)
@description('Instances of the controller at most.')
param maximumInstanceCount int = 40

@allowed([
  512
  2048
  4096
])
@description('Memory of an instance of the controller, MB.')
param instanceMemoryMB int = 2048

@minValue(0)
@maxValue(10)
@description('Instances that are always ready for orchestrations. One keeps latency low at about 30 US dollars a month; none lets the first event wait for a cold start.')
param alwaysReadyInstances int = 1

@minValue(30)
@maxValue(730)
@description('Days that logs are kept.')
param logRetentionDays int = 30

@allowed([
  'Disabled'
  'Enabled'
])
@description('Whether the durable backend, the registry and the key vault can be reached from the internet as well. Who reaches them needs a right in any case.')
param publicNetworkAccess string = 'Disabled'

@description('Where alerts go. Empty sends none.')
param alertEmail string = ''

@minValue(0)
@description('A warning is sent to alertEmail when the workers of a month cost this many US dollars. 0 is no budget.')
param monthlyBudgetDollars int = 0

@description('First day of the budget: the first of a month. Leave the default.')
param budgetStart string = utcNow('yyyy-MM-01')

var abbreviations = loadJsonContent('abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourcesResourceGroups}-${environmentName}'
  location: location
  tags: tags
}

// Fleets come and go in a group of their own: what the controller may do there it may do nowhere else.
resource workersGroup 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourcesResourceGroups}-${environmentName}-workers'
  location: location
  tags: tags
}

module network 'modules/network.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    addressPrefix: addressPrefix
    location: location
    tags: tags
    token: token
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    alertEmail: alertEmail
    endpointSubnetId: network.outputs.endpointSubnetId
    location: location
    retentionDays: logRetentionDays
    tags: tags
    token: token
    zoneIds: network.outputs.zoneIds
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    endpointSubnetId: network.outputs.endpointSubnetId
    location: location
    tags: tags
    token: token
    zoneIds: network.outputs.zoneIds
  }
}

module keyvault 'modules/keyvault.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    endpointSubnetId: network.outputs.endpointSubnetId
    location: location
    publicNetworkAccess: publicNetworkAccess
    tags: tags
    token: token
    zoneIds: network.outputs.zoneIds
  }
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    endpointSubnetId: network.outputs.endpointSubnetId
    location: location
    publicNetworkAccess: publicNetworkAccess
    tags: tags
    token: token
    zoneIds: network.outputs.zoneIds
  }
}

module durable 'modules/durable.bicep' = if (durableBackend == 'scheduler') {
  scope: group
  params: {
    abbreviations: abbreviations
    endpointSubnetId: network.outputs.endpointSubnetId
    location: location
    publicNetworkAccess: publicNetworkAccess
    tags: tags
    token: token
    zoneIds: network.outputs.zoneIds
  }
}

module identities 'modules/identities.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    location: location
    tags: tags
    token: token
  }
}

module rbac 'modules/rbac.bicep' = {
  scope: group
  params: {
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    functionPrincipalId: identities.outputs.functionPrincipalId
    keyVaultName: keyvault.outputs.name
    principalId: principalId
    principalType: principalType
    registryName: registry.outputs.name
    schedulerName: durableBackend == 'scheduler' ? durable!.outputs.name : ''
    storageName: storage.outputs.name
    virtualNetworkName: network.outputs.name
    workerIdentityName: identities.outputs.workerName
    workerPrincipalId: identities.outputs.workerPrincipalId
    workersSubnetName: network.outputs.workersSubnetName
  }
}

module workers 'modules/workers.bicep' = {
  scope: workersGroup
  params: {
    abbreviations: abbreviations
    alertEmail: alertEmail
    budgetStart: budgetStart
    functionPrincipalId: identities.outputs.functionPrincipalId
    location: location
    monthlyBudgetDollars: monthlyBudgetDollars
    tags: tags
    token: token
  }
}

module function 'modules/function.bicep' = {
  scope: group
  params: {
    abbreviations: abbreviations
    alwaysReadyInstances: alwaysReadyInstances
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    fleet: {
      identityClientId: identities.outputs.workerClientId
      identityId: identities.outputs.workerId
      image: '${registry.outputs.loginServer}/${workerImage}'
      keyVaultUri: keyvault.outputs.uri
      location: location
      maxPrice: workerMaxPrice
      regularPriorityFallback: regularPriorityFallback
      resourceGroup: workersGroup.name
      securityGroupId: workers.outputs.securityGroupId
      sizes: workerSizes
      subnetId: network.outputs.workersSubnetId
      subscriptionId: subscription().subscriptionId
      zones: workerZones
    }
    identityClientId: identities.outputs.functionClientId
    identityId: identities.outputs.functionId
    instanceMemoryMB: instanceMemoryMB
    location: location
    maximumInstanceCount: maximumInstanceCount
    schedulerEndpoint: durableBackend == 'scheduler' ? durable!.outputs.endpoint : ''
    storageName: storage.outputs.name
    subnetId: network.outputs.functionSubnetId
    tags: tags
    token: token
  }
  dependsOn: [
    rbac
  ]
}

@description('Region.')
output AZURE_LOCATION string = location

@description('Resource group of the controller.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Resource group of the fleets.')
output MARATHON_WORKERS_RESOURCE_GROUP string = workersGroup.name

@description('Where images are pushed.')
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer

@description('The image that workers run.')
output MARATHON_WORKER_IMAGE_REFERENCE string = '${registry.outputs.loginServer}/${workerImage}'

@description('Name of the Functions app.')
output MARATHON_FUNCTION_NAME string = function.outputs.name

@description('For the command line: marathon --controller with this URL.')
output MARATHON_CONTROLLER_URL string = function.outputs.url

@description('Prints the operator key for MARATHON_CONTROLLER_KEY.')
output MARATHON_CONTROLLER_KEY_COMMAND string = 'az functionapp keys list --resource-group ${group.name} --name ${function.outputs.name} --query functionKeys.default --output tsv'
