namespace Marathon.Controller.Activities;

/// <summary>A replacement that has registered and has no load yet.</summary>
public sealed record JoiningLife(string Worker, int Epoch);
