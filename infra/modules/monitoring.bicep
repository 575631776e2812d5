metadata description = 'Logs, metrics, traces, alerts. Telemetry comes in through the network alone and by identity; people read it in the portal.'

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

@minValue(30)
@maxValue(730)
@description('Days that logs are kept.')
param retentionDays int

@description('Where alerts go. Empty sends none.')
param alertEmail string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${abbreviations.operationalInsightsWorkspaces}-${token}'
  location: location
  tags: tags
  properties: {
    features: {
      disableLocalAuth: true
    }
    publicNetworkAccessForIngestion: 'Disabled'
    publicNetworkAccessForQuery: 'Enabled'
    retentionInDays: retentionDays
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${abbreviations.insightsComponents}-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: workspace.id
    publicNetworkAccessForIngestion: 'Disabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}

resource scope 'Microsoft.Insights/privateLinkScopes@2021-09-01' = {
  name: '${abbreviations.insightsPrivateLinkScopes}-${token}'
  location: 'global'
  tags: tags
  properties: {
    accessModeSettings: {
      ingestionAccessMode: 'PrivateOnly'
      queryAccessMode: 'Open'
    }
  }

  resource logs 'scopedResources' = {
    name: 'logs'
    properties: {
      linkedResourceId: workspace.id
    }
  }

  resource telemetry 'scopedResources' = {
    name: 'telemetry'
    properties: {
      linkedResourceId: insights.id
    }
  }
}

module endpoint 'endpoint.bicep' = {
  name: 'monitor'
  params: {
    groupId: 'azuremonitor'
    location: location
    name: '${abbreviations.networkPrivateEndpoints}-monitor-${token}'
    subnetId: endpointSubnetId
    tags: tags
    targetId: scope.id
    zoneIds: [
      zoneIds.monitor
      zoneIds.oms
      zoneIds.ods
      zoneIds.automation
      zoneIds.blob
    ]
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: '${abbreviations.insightsActionGroups}-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'marathon'
    emailReceivers: [
      {
        emailAddress: alertEmail
        name: 'people'
        useCommonAlertSchema: true
      }
    ]
  }
}

resource failures 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(alertEmail)) {
  name: 'controller-requests-fail-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests to the controller fail: its log in Application Insights tells why.'
    enabled: true
    evaluationFrequency: 'PT5M'
    scopes: [
      insights.id
    ]
    severity: 2
    windowSize: 'PT15M'
    actions: [
      {
        actionGroupId: people.id
      }
    ]
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          metricName: 'requests/failed'
          name: 'failed'
          operator: 'GreaterThan'
          threshold: 50
          timeAggregation: 'Count'
        }
      ]
    }
  }
}

@description('Name of the component.')
output applicationInsightsName string = insights.name

@description('Where telemetry goes. Not a secret: without an identity nothing is taken.')
output connectionString string = insights.properties.ConnectionString
