namespace Marathon.Durable;

/// <summary>The name by which a class is registered; without it, the name of the class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DurableTaskAttribute(string name) : Attribute
{
    public TaskName Name { get; } = name;
}
