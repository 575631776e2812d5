namespace Marathon.Controller.Activities;

/// <summary>A life that has ended.</summary>
public sealed record EndedLife(string Key, string Text);
