metadata description = 'Who the controller and the workers are. Nobody has a key.'

@description('Abbreviations of resource types.')
param abbreviations object

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Makes names unique.')
param token string

resource function 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${abbreviations.managedIdentityUserAssignedIdentities}-function-${token}'
  location: location
  tags: tags
}

resource worker 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${abbreviations.managedIdentityUserAssignedIdentities}-worker-${token}'
  location: location
  tags: tags
}

@description('Resource id of the controller\'s identity.')
output functionId string = function.id

@description('Its client id.')
output functionClientId string = function.properties.clientId

@description('Its object id.')
output functionPrincipalId string = function.properties.principalId

@description('Resource id of the workers\' identity.')
output workerId string = worker.id

@description('Its name.')
output workerName string = worker.name

@description('Its client id.')
output workerClientId string = worker.properties.clientId

@description('Its object id.')
output workerPrincipalId string = worker.properties.principalId
