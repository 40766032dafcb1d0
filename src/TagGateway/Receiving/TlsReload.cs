using TagGateway.Configuration;
using TagGateway.Operations;

namespace TagGateway.Receiving;

/// <summary>Takes replaced certificates into use without a restart: looks once a second. A bad pair changes nothing but what <c>/readyz</c>,
/// log and metrics tell; the others are taken all the same.</summary>
internal sealed class TlsReload(
    CurrentSettings settings, ReloadState state, OperatorFiles files, GatewayMetrics metrics, TimeProvider time, ILogger<TlsReload> logger) : FileLook(time)
{
    private readonly Dictionary<CertificatePair, CertificateWatch> _watches = [];
    private TlsCertificates? _watched;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.ObserveCertificates(() => settings.Value.Tls?.Certificates.NotAfter - Time.GetUtcNow());
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at every pair once; what became of each, in the operator's order.</summary>
    public IReadOnlyList<ReloadOutcome> Look()
    {
        Watch(settings.Value.Tls?.Certificates);
        if (_watched is not { } certificates)
        {
            return [];
        }

        var outcomes = certificates.Pairs.Select(pair => _watches[pair].Look()).ToList();
        if (outcomes.Contains(ReloadOutcome.Accepted))
        {
            certificates.Refresh();
        }

        Tell(certificates, outcomes);
        return outcomes;
    }

    protected override void LookOnce() => Look();

    protected override void Tell(Exception fault) => logger.CertificatesLookFailed(fault);

    private void Watch(TlsCertificates? certificates)
    {
        if (certificates == _watched)
        {
            return;
        }

        _watched = certificates;
        var pairs = certificates?.Pairs ?? [];
        foreach (var gone in _watches.Keys.Except(pairs).ToList())
        {
            _watches.Remove(gone);
        }

        foreach (var pair in pairs)
        {
            if (_watches.TryAdd(pair, new CertificateWatch(pair, files)))
            {
                TellOfNew(pair);
            }
        }

        state.Certificates = [];
    }

    private void Tell(TlsCertificates certificates, List<ReloadOutcome> outcomes)
    {
        var errors = new List<ConfigurationError>();
        for (var i = 0; i < outcomes.Count; i++)
        {
            var pair = certificates.Pairs[i];
            var at = KeyPath.Index(TlsCertificates.Key, i);
            var own = _watches[pair].Problem?.ErrorsAt(at).ToList() ?? [];
            var news = own.Except(state.Certificates).ToList();
            errors.AddRange(own);
            foreach (var error in news)
            {
                logger.CertificateRefused(error);
            }

            if (outcomes[i] == ReloadOutcome.Accepted)
            {
                TellOfNew(pair);
            }
            else if (own.Count == 0 && state.Certificates.Any(error => error.Path.StartsWith($"{at}.", StringComparison.Ordinal)))
            {
                logger.CertificateUpToDateAgain(pair.CertificatePath);
            }

            if (outcomes[i] == ReloadOutcome.Accepted || news.Count > 0)
            {
                metrics.CertificateReloaded(outcomes[i] == ReloadOutcome.Accepted);
            }
        }

        state.Certificates = errors;
    }

    private void TellOfNew(CertificatePair pair)
    {
        var certificate = pair.Certificate;
        logger.CertificateInForce(string.Join(", ", certificate.Names), certificate.NotAfter.UtcDateTime);
        if (certificate.ValidityProblem(Time.GetUtcNow()) is { } problem)
        {
            logger.CertificateNotGood(pair.CertificatePath, problem);
        }
    }
}
