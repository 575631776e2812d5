namespace Marathon.Scenarios.Toolkit;

/// <summary>The run's topics.</summary>
public interface ITopics
{
    /// <summary>Makes the topic that the configuration describes, and waits until every partition has a leader.</summary>
    Task CreateAsync();

    /// <summary>Deletes what <see cref="CreateAsync"/> made; nothing to do is fine.</summary>
    Task DeleteAsync();
}
