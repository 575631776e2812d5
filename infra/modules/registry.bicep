metadata description = 'Images of the worker. Premium, for only that can be closed to the internet.'

@description('Abbreviations of resource types.')
param abbreviations object

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Makes names unique.')
param token string

@description('Subnet of the private endpoint.')
param endpointSubnetId string

@description('Private DNS zones by service.')
param zoneIds object

@allowed([
  'Disabled'
  'Enabled'
])
@description('Whether images can be pushed from the internet. When not, import them: az acr import.')
param publicNetworkAccess string

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
  name: take('${abbreviations.containerRegistryRegistries}${token}', 50)
  location: location
  tags: tags
  sku: {
    name: 'Premium'
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    dataEndpointEnabled: false
    networkRuleBypassOptions: 'AzureServices'
    publicNetworkAccess: publicNetworkAccess
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'registry'
  params: {
    groupId: 'registry'
    location: location
    name: '${abbreviations.networkPrivateEndpoints}-registry-${token}'
    subnetId: endpointSubnetId
    tags: tags
    targetId: registry.id
    zoneIds: [
      zoneIds.registry
    ]
  }
}

@description('Name of the registry.')
output name string = registry.name

@description('Its host name.')
output loginServer string = registry.properties.loginServer
