namespace Marathon.Verification;

/// <summary>From evidence and facts to what became of every record.</summary>
public static class EvidenceJoin
{
    /// <summary>A pure function: the same evidence in any order gives the same result.</summary>
    /// <param name="checkpoints">The newest checkpoint of every life of every worker (<see cref="EvidenceMerge"/>).</param>
    /// <param name="facts">What the controller knows beside it.</param>
    public static VerificationResult Join(IReadOnlyList<WorkerEvidence> checkpoints, RunFacts facts) =>
        new RunJoin(checkpoints, facts).Result();
}
