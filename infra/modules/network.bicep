metadata description = 'The virtual network: controller, private endpoints, workers. Workers reach the internet through one address and nobody reaches them but the controller.'

@description('Abbreviations of resource types.')
param abbreviations object

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Makes names unique.')
param token string

@description('Address space; /19 leaves 4,096 addresses to workers.')
param addressPrefix string

// The lower half in blocks of /24: controller, endpoints; the upper half is the workers'.
var functionPrefix = cidrSubnet(addressPrefix, 24, 0)
var endpointPrefix = cidrSubnet(addressPrefix, 24, 1)
var workersPrefix = cidrSubnet(addressPrefix, 20, 1)

// The zones that private endpoints of these services are found by.
var zones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
  registry: 'privatelink.azurecr.io'
  scheduler: 'privatelink.durabletask.io'
  monitor: 'privatelink.monitor.azure.com'
  oms: 'privatelink.oms.opinsights.azure.com'
  ods: 'privatelink.ods.opinsights.azure.com'
  automation: 'privatelink.agentsvc.azure-automation.net'
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '${abbreviations.networkPublicIPAddresses}-workers-${token}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource gateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: '${abbreviations.networkNatGateways}-workers-${token}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: 10
    publicIpAddresses: [
      {
        id: address.id
      }
    ]
  }
}

resource rules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${abbreviations.networkNetworkSecurityGroups}-workers-${token}'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'commands-of-the-controller'
        properties: {
          description: 'Workers take commands on one port, from the controller alone.'
          access: 'Allow'
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefix: functionPrefix
          sourcePortRange: '*'
          destinationAddressPrefix: workersPrefix
          destinationPortRange: '7080'
        }
      }
      {
        name: 'nothing-else'
        properties: {
          access: 'Deny'
          direction: 'Inbound'
          priority: 4000
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${abbreviations.networkVirtualNetworks}-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'function'
        properties: {
          addressPrefix: functionPrefix
          delegations: [
            {
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: endpointPrefix
          defaultOutboundAccess: false
        }
      }
      {
        name: 'workers'
        properties: {
          addressPrefix: workersPrefix
          defaultOutboundAccess: false
          natGateway: {
            id: gateway.id
          }
          networkSecurityGroup: {
            id: rules.id
          }
        }
      }
    ]
  }

  resource functionSubnet 'subnets' existing = {
    name: 'function'
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }

  resource workersSubnet 'subnets' existing = {
    name: 'workers'
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for item in items(zones): {
    name: item.value
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (item, index) in items(zones): {
    parent: zone[index]
    name: network.name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

@description('Name of the network.')
output name string = network.name

@description('Subnet of the controller.')
output functionSubnetId string = network::functionSubnet.id

@description('Subnet of the private endpoints.')
output endpointSubnetId string = network::endpointSubnet.id

@description('Subnet of the workers.')
output workersSubnetId string = network::workersSubnet.id

@description('Its name.')
output workersSubnetName string = network::workersSubnet.name

@description('Private DNS zones by service.')
output zoneIds object = toObject(items(zones), item => item.key, item => resourceId('Microsoft.Network/privateDnsZones', item.value))
