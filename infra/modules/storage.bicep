metadata description = 'Storage of the Functions host, of deployment packages, of evidence and reports, and of the durable backend where that is Storage.'

@description('Abbreviations of resource types.')
param abbreviations object

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Makes names unique.')
param token string

@description('Subnet of the private endpoints.')
param endpointSubnetId string

@description('Private DNS zones by service.')
param zoneIds object

@minValue(1)
@maxValue(365)
@description('Days that a deleted blob can be brought back.')
param restoreDays int = 7

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('${abbreviations.storageStorageAccounts}${token}', 24)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: 'Disabled'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Deny'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        days: restoreDays
        enabled: true
      }
    }

    resource deployments 'containers' = {
      name: 'deployments'
    }

    resource runs 'containers' = {
      name: 'runs'
    }
  }
}

module endpoint 'endpoint.bicep' = [
  for service in ['blob', 'queue', 'table']: {
    name: 'storage-${service}'
    params: {
      groupId: service
      location: location
      name: '${abbreviations.networkPrivateEndpoints}-${service}-${token}'
      subnetId: endpointSubnetId
      tags: tags
      targetId: account.id
      zoneIds: [
        zoneIds[service]
      ]
    }
  }
]

@description('Name of the account.')
output name string = account.name

@description('Where deployment packages are put.')
output deploymentContainerUrl string = '${account.properties.primaryEndpoints.blob}${account::blobs::deployments.name}'
