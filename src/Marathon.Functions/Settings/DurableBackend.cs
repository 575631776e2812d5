namespace Marathon.Functions.Settings;

/// <summary>Where the Functions host keeps orchestrations.</summary>
public enum DurableBackend
{
    /// <summary>The Durable Task Scheduler.</summary>
    Scheduler,

    /// <summary>Queues, tables and blobs of a storage account.</summary>
    Storage,
}
