using System.Globalization;
using Marathon.Configuration;
using Marathon.Controller.Alerts;
using Marathon.Controller.Measures;
using Marathon.Controller.Runs;
using Marathon.Durable;
using Marathon.Scenarios.Toolkit;

namespace Marathon.Controller.Activities;

/// <summary>Evaluates an assertion, keeps its result for the report, and alerts when it failed.</summary>
public sealed class Assert(IRunStore runs, RunMeasures measures, IEnumerable<IAlertSink> sinks) : Activity<AssertRequest, AssertionResult>
{
    /// <inheritdoc/>
    public override async Task<AssertionResult> RunAsync(ActivityContext context, AssertRequest input)
    {
        RunRecord run = await runs.GetAsync(input.RunId, CancellationToken.None);
        double? observed = input.Observed
            ?? (await measures.ObserveAsync(run, input.Assertion.Condition.Measure, livingOnly: false, CancellationToken.None)).Value;
        AssertionResult result = new(input.Assertion, observed) { Attempt = Math.Max(1, run.Attempt) };
        await runs.UpdateAsync(input.RunId, r => r.With(result), CancellationToken.None);
        if (result.Passed is false)
        {
            Alert alert = ToAlert(input.RunId, result);
            await Task.WhenAll(sinks.Select(sink => sink.RaiseAsync(alert, CancellationToken.None)));
        }

        return result;
    }

    private static Alert ToAlert(string runId, AssertionResult result) => new(
        $"{runId}/{result.Assertion.Name}",
        runId,
        result.Assertion.Severity,
        $"assertion {result.Assertion.Name} failed",
        string.Create(
            CultureInfo.InvariantCulture,
            $"observed {result.Observed:0.###} {result.Assertion.Unit}, wanted {EnumText.Name(result.Assertion.Condition.Comparison)} {result.Assertion.Condition.Threshold:0.###}"));
}
