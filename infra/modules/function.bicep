metadata description = 'The controller: a Functions app on Flex Consumption, inside the network, with an identity instead of keys.'

@description('Abbreviations of resource types.')
param abbreviations object

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Makes names unique.')
param token string

@description('Subnet of the app.')
param subnetId string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Its client id.')
param identityClientId string

@description('Storage account of the Functions host.')
param storageName string

@description('Container that deployment packages are put into.')
param deploymentContainerUrl string

@description('Endpoint of the Durable Task Scheduler. Empty keeps orchestrations in Storage.')
param schedulerEndpoint string

@description('Where telemetry goes.')
param applicationInsightsConnectionString string

@minValue(0)
@maxValue(10)
@description('Instances that are always ready for orchestrations.')
param alwaysReadyInstances int

@minValue(40)
@maxValue(1000)
@description('Instances at most.')
param maximumInstanceCount int

@allowed([
  512
  2048
  4096
])
@description('Memory of an instance, MB.')
param instanceMemoryMB int

@description('What a fleet of workers is like, and where it is made.')
param fleet fleetType

@export()
@description('A fleet of workers.')
type fleetType = {
  @description('Subscription of the fleet.')
  subscriptionId: string
  @description('Resource group of the fleet.')
  resourceGroup: string
  @description('Region of the fleet.')
  location: string
  @description('Subnet of the fleet.')
  subnetId: string
  @description('Security group of the machines, for rules that block one.')
  securityGroupId: string
  @description('Resource id of the workers\' identity.')
  identityId: string
  @description('Its client id.')
  identityClientId: string
  @description('Container image.')
  image: string
  @description('Vault that holds the tokens of runs.')
  keyVaultUri: string
  @description('VM sizes in order of preference.')
  sizes: string[]
  @description('Zones in order of preference.')
  zones: string[]
  @description('US dollars per hour, -1 is up to the regular price.')
  maxPrice: string
  @description('Whether regular priority may stand in for spot.')
  regularPriorityFallback: bool
}

var storageSuffix = environment().suffixes.storage

var commonSettings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  AZURE_CLIENT_ID: identityClientId
  AzureWebJobsStorage__blobServiceUri: 'https://${storageName}.blob.${storageSuffix}'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__queueServiceUri: 'https://${storageName}.queue.${storageSuffix}'
  AzureWebJobsStorage__tableServiceUri: 'https://${storageName}.table.${storageSuffix}'
  Marathon__Fleet__IdentityClientId: fleet.identityClientId
  Marathon__Fleet__IdentityId: fleet.identityId
  Marathon__Fleet__Image: fleet.image
  Marathon__Fleet__KeyVaultUri: fleet.keyVaultUri
  Marathon__Fleet__Location: fleet.location
  Marathon__Fleet__MaxPricePerHour: fleet.maxPrice
  Marathon__Fleet__RegularPriorityFallback: string(fleet.regularPriorityFallback)
  Marathon__Fleet__ResourceGroup: fleet.resourceGroup
  Marathon__Fleet__SecurityGroupId: fleet.securityGroupId
  Marathon__Fleet__Sizes: join(fleet.sizes, ',')
  Marathon__Fleet__SubnetId: fleet.subnetId
  Marathon__Fleet__SubscriptionId: fleet.subscriptionId
  Marathon__Fleet__Zones: join(fleet.zones, ',')
  Marathon__Storage__BlobServiceUri: 'https://${storageName}.blob.${storageSuffix}'
  Marathon__Storage__TableServiceUri: 'https://${storageName}.table.${storageSuffix}'
}

// host.json has the scheduler; these take its place.
var storageBackend = {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'AzureStorage'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'AzureWebJobsStorage'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval: '00:00:10'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount: '4'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__useTablePartitionManagement: 'true'
}

var schedulerBackend = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${abbreviations.webServerFarms}-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: '${abbreviations.webSitesFunctions}-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'controller' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    clientAffinityEnabled: false
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    publicNetworkAccess: 'Enabled'
    serverFarmId: plan.id
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'durable'
                instanceCount: alwaysReadyInstances
              }
            ]
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(commonSettings, empty(schedulerEndpoint) ? storageBackend : schedulerBackend)
  }

  // Deployments come with an identity too, not with a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

@description('Name of the app.')
output name string = app.name

@description('Where it is reached.')
output url string = 'https://${app.properties.defaultHostName}'
