namespace Marathon.Azure.Arm;

internal enum OperationOutcome
{
    Running,
    Succeeded,
    Failed,
}
