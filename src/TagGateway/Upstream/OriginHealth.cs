using System.Collections.Concurrent;
using System.Globalization;
using TagGateway.Configuration;
using TagGateway.Operations;
using TagGateway.Sites;

namespace TagGateway.Upstream;

/// <summary>Knows which websites answer, by what became of the requests for them; an error page of theirs is an answer. Tells of each change once.</summary>
internal sealed class OriginHealth
{
    /// <summary>So many in a row: a single slow page is no outage.</summary>
    public const int FailuresUntilDown = 3;

    private readonly ConcurrentDictionary<string, Row> _failing = [];
    private readonly Lock _change = new();
    private readonly CurrentSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<OriginHealth> _logger;

    public OriginHealth(CurrentSettings settings, GatewayMetrics metrics, TimeProvider time, ILogger<OriginHealth> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        metrics.ObserveOrigins(() => Sites.Select(site => (site.Name, DownRow(site) is null)));
    }

    /// <summary>A line for each website that failed its last requests.</summary>
    public IReadOnlyList<string> Problems => [.. Sites.Select(site => DownRow(site) is { } row ? Describe(site, row) : null).OfType<string>()];

    private IEnumerable<Site> Sites => _settings.Value.Sites.All.Where(site => site.Origin is not null);

    /// <summary>Headers have come.</summary>
    public void Answered(Site site)
    {
        if (_failing.IsEmpty || !_failing.ContainsKey(site.Name))
        {
            return;
        }

        lock (_change)
        {
            if (_failing.TryRemove(site.Name, out var row) && row.Failures >= FailuresUntilDown)
            {
                _logger.OriginAnswersAgain(site.Name);
            }
        }
    }

    /// <summary>No headers came, and that was not the visitor's doing.</summary>
    public void Failed(Site site, OriginProblem problem)
    {
        lock (_change)
        {
            // A reload may have named another origin.
            var row = _failing.TryGetValue(site.Name, out var before) && before.Origin == site.Origin
                ? before with { Failures = before.Failures + 1, Problem = problem }
                : new Row(site.Origin, 1, problem, _time.GetUtcNow());
            _failing[site.Name] = row;
            if (row.Failures == FailuresUntilDown)
            {
                _logger.OriginDown(site.Name, OriginProblems.Describe(problem));
            }
        }
    }

    private Row? DownRow(Site site) =>
        _failing.TryGetValue(site.Name, out var row) && row.Origin == site.Origin && row.Failures >= FailuresUntilDown ? row : null;

    private static string Describe(Site site, Row row) => string.Create(
        CultureInfo.InvariantCulture,
        $"origin of site {site.Name} does not answer: {OriginProblems.Describe(row.Problem)}, since {row.Since:yyyy-MM-ddTHH:mm:ssZ}");

    /// <summary>Failures with no answer between.</summary>
    private sealed record Row(Origin? Origin, int Failures, OriginProblem Problem, DateTimeOffset Since);
}
