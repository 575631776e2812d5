namespace Marathon.Azure.Tests.Fakes;

/// <summary>Kinds of calls that share a limit.</summary>
public enum ComputePolicy
{
    PutSet,
    UpdateSet,
    DeleteSet,
    DeleteMachinesOfSet,
    LowCostGet,
    ListOfSet,
    ListOfGroup,
    UpdateMachine,
    DeleteMachine,
    Operation,
    NetworkRead,
    NetworkWrite,
    NotCompute,
}
