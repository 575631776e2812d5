metadata description = 'What the controller may do in the resource group of the fleets, and what a month of them may cost before somebody is told.'

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
