namespace Marathon.Controller.Http;

/// <summary>Who may call a route.</summary>
public enum ApiAccess
{
    /// <summary>Operators, with the operator key.</summary>
    Operator,

    /// <summary>The workers of the run in the route, with their run's token.</summary>
    Worker,
}
