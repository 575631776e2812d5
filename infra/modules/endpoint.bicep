metadata description = 'One private endpoint, and the names by which it is found.'

@description('Name of the endpoint.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Subnet of the endpoint.')
param subnetId string

@description('Resource that it leads to.')
param targetId string

@description('Part of that resource: blob, vault, registry, …')
param groupId string

@minLength(1)
@description('Private DNS zones that get its address.')
param zoneIds string[]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: targetId
          groupIds: [
            groupId
          ]
        }
      }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for (zoneId, index) in zoneIds: {
          name: 'zone${index}'
          properties: {
            privateDnsZoneId: zoneId
          }
        }
      ]
    }
  }
}

@description('Resource id.')
output id string = endpoint.id
