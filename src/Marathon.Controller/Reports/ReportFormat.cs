namespace Marathon.Controller.Reports;

/// <summary>The formats of a report.</summary>
public enum ReportFormat
{
    /// <summary>The report itself.</summary>
    Json,

    /// <summary>A page that needs nothing beside it.</summary>
    Html,

    /// <summary>JUnit XML, for CI.</summary>
    Junit,
}
