metadata description = 'Tokens of runs: the controller writes them, workers read them.'

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
@description('Whether it can be reached from the internet as well.')
param publicNetworkAccess string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: take('${abbreviations.keyVaultVaults}-${token}', 24)
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: publicNetworkAccess
    sku: {
      family: 'A'
      name: 'standard'
    }
    networkAcls: {
      bypass: 'None'
      defaultAction: publicNetworkAccess == 'Enabled' ? 'Allow' : 'Deny'
    }
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'keyvault'
  params: {
    groupId: 'vault'
    location: location
    name: '${abbreviations.networkPrivateEndpoints}-vault-${token}'
    subnetId: endpointSubnetId
    tags: tags
    targetId: vault.id
    zoneIds: [
      zoneIds.vault
    ]
  }
}

@description('Name of the vault.')
output name string = vault.name

@description('Its URI.')
output uri string = vault.properties.vaultUri
