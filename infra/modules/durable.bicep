metadata description = 'The Durable Task Scheduler, pay per action.'

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
@description('Whether the dashboard can be opened from the internet.')
param publicNetworkAccess string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: '${abbreviations.durableTaskSchedulers}-${token}'
  location: location
  tags: tags
  properties: {
    ipAllowlist: publicNetworkAccess == 'Enabled' ? ['0.0.0.0/0'] : []
    publicNetworkAccess: publicNetworkAccess
    sku: {
      name: 'Consumption'
    }
  }

  // The name that host.json has.
  resource hub 'taskHubs' = {
    name: 'marathon'
    properties: {}
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'scheduler'
  params: {
    groupId: 'scheduler'
    location: location
    name: '${abbreviations.networkPrivateEndpoints}-scheduler-${token}'
    subnetId: endpointSubnetId
    tags: tags
    targetId: scheduler.id
    zoneIds: [
      zoneIds.scheduler
    ]
  }
}

@description('Name of the scheduler.')
output name string = scheduler.name

@description('Where it is reached.')
output endpoint string = scheduler.properties.endpoint
