namespace Marathon.Controller.Activities;

/// <summary>Who is there: how many living workers have registered, which have not, how many processes run.</summary>
public sealed record FleetPresence(int Registered, IReadOnlyList<string> Unregistered, int Alive, string Detail);
