namespace Marathon.Controller.Clusters;

/// <summary>The run's cluster is not there, so nothing can be asked of it.</summary>
public sealed class ClusterGoneException(string detail) : Exception($"the cluster is not there: {detail}");
