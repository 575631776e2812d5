metadata description = 'What the controller may do in the resource group of the fleets, the group by whose rules it blocks machines, and what a month of them may cost before somebody is told.'

@description('Abbreviations of resource types.')
param abbreviations object

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Makes names unique.')
param token string

@description('Object id of the controller\'s identity.')
param functionPrincipalId string

@description('Where the budget\'s warning goes.')
param alertEmail string

@minValue(0)
@description('US dollars a month; 0 is no budget.')
param monthlyBudgetDollars int

@description('First of a month.')
param budgetStart string

// Virtual Machine Contributor: scale sets, machines, their disks and network interfaces.
var virtualMachineContributor = '9980e02c-c2be-4d73-94e8-173b1dc7cf3c'

resource machines 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, functionPrincipalId, virtualMachineContributor)
  properties: {
    principalId: functionPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', virtualMachineContributor)
  }
}

// Beside the group of the subnet, which the controller cannot write to: what passes must pass both, so that a rule here closes a
// way and opens none. A deployment that is made again puts the group without rules, which heals what is blocked.
resource faults 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${abbreviations.networkNetworkSecurityGroups}-faults-${token}'
  location: location
  tags: tags
  properties: {
    // Else a rule would leave connections that are open as they are.
    flushConnection: true
    securityRules: []
  }
}

// Network Contributor could do more. Reading the group, and putting machines into it, is part of Virtual Machine Contributor.
resource blockMachines 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'marathon-block-machines')
  properties: {
    roleName: 'Marathon block machines (${uniqueString(resourceGroup().id)})'
    description: 'Writes rules of a security group.'
    type: 'CustomRole'
    assignableScopes: [
      resourceGroup().id
    ]
    permissions: [
      {
        actions: [
          'Microsoft.Network/networkSecurityGroups/securityRules/delete'
          'Microsoft.Network/networkSecurityGroups/securityRules/read'
          'Microsoft.Network/networkSecurityGroups/securityRules/write'
        ]
        notActions: []
      }
    ]
  }
}

resource functionFaults 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(faults.id, functionPrincipalId, blockMachines.id)
  scope: faults
  properties: {
    principalId: functionPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: blockMachines.id
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (monthlyBudgetDollars > 0 && !empty(alertEmail)) {
  name: 'marathon-workers'
  properties: {
    amount: monthlyBudgetDollars
    category: 'Cost'
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budgetStart
    }
    notifications: {
      reached: {
        contactEmails: [
          alertEmail
        ]
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Actual'
      }
      ahead: {
        contactEmails: [
          alertEmail
        ]
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
      }
    }
  }
}

@description('Security group of the machines.')
output securityGroupId string = faults.id
