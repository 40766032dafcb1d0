using System.Collections.Frozen;
using TagGateway.Caching;
using TagGateway.Pages;
using TagGateway.Responding;
using TagGateway.Sanitizing;
using TagGateway.Upstream;

namespace TagGateway.Sites;

/// <summary>One website, parsed and checked; immutable, replaced whole on a reload.</summary>
internal sealed class Site
{
    public required string Name { get; init; }

    /// <summary>False: scripts are redirected to Google, hits still forwarded, pages untouched.</summary>
    public required bool Enabled { get; init; }

    public required IReadOnlyList<HostPattern> Hosts { get; init; }

    public required MeasurementPath Path { get; init; }

    public required UpstreamKind Upstream { get; init; }

    /// <summary>Every request of the tag is first-party, not only what Google's contract routes.</summary>
    public required bool IsFull { get; init; }

    /// <summary>The tag whose <c>fps.goog</c> host answers for the whole path.</summary>
    public required TagId MainTag { get; init; }

    /// <summary>Every tag that may be served, the main one included.</summary>
    public required FrozenSet<TagId> Tags { get; init; }

    /// <summary>Null: everything outside the measurement path is 404.</summary>
    public required Origin? Origin { get; init; }

    /// <summary>Until the headers of the website's answer come.</summary>
    public required TimeSpan OriginTimeout { get; init; }

    /// <summary>What people see when the website does not answer; null: one plain line.</summary>
    public required ErrorPage? ErrorPage { get; init; }

    /// <summary>Null: its pages pass untouched.</summary>
    public PageRules? Pages { get; init; }

    public required VisitorPolicy Visitor { get; init; }

    /// <summary>How long its scripts are kept; null: not at all.</summary>
    public required CachePolicy? Scripts { get; init; }

    public required int MaxBodyBytes { get; init; }

    /// <summary>For the answer's headers, then for each progress.</summary>
    public required TimeSpan Timeout { get; init; }
}
