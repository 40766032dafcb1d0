using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TagGateway.Demo.Google;

/// <summary>Plays Google for tests, demo and benchmark: the contract of <c>&lt;tag&gt;.fps.goog</c> and every ordinary host that tags call. Fails
/// when told to, records all.</summary>
internal sealed class GoogleStandIn : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly GoogleAnswers _answers = new(new TagScripts());
    private readonly Func<RecordedRequest, GoogleAnswer?>? _overrule;
    private readonly TimeProvider _time;
    private StandInCertificate? _certificate;
    private LoopbackServer? _google;
    private LoopbackServer? _control;
    private volatile GoogleScenario _scenario;

    private GoogleStandIn(GoogleStandInOptions options) => (_time, _scenario, _overrule) = (options.TimeProvider, options.Scenario, options.Overrule);

    /// <summary>Where all of Google is served in clear, HTTP/1.1; the Host header tells which part of it.</summary>
    public Uri HttpAddress => Started(_google).Addresses.First(address => address.Scheme == Uri.UriSchemeHttp);

    /// <summary>Where it is served with TLS; null when that is off.</summary>
    public Uri? HttpsAddress => Started(_google).Addresses.FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttps);

    public Uri ControlAddress => Started(_control).Addresses[0];

    /// <summary>The PEM of the authority behind <see cref="HttpsAddress"/>; null when TLS is off.</summary>
    public string? AuthorityPem => _certificate?.AuthorityPem;

    /// <summary>The key by which a browser may trust <see cref="HttpsAddress"/> without its authority; null when TLS is off.</summary>
    public string? CertificatePin => _certificate?.Pin;

    public Recorder Recorder { get; } = new();

    public Faults Faults { get; } = new();

    /// <summary>How Google is set up; may be replaced at any time, the next request sees it.</summary>
    public GoogleScenario Scenario
    {
        get => _scenario;
        set => _scenario = value;
    }

    public static async Task<GoogleStandIn> StartAsync(GoogleStandInOptions options, CancellationToken cancellationToken = default)
    {
        var standIn = new GoogleStandIn(options);
        try
        {
            await standIn.ListenAsync(options, cancellationToken);
            return standIn;
        }
        catch
        {
            await standIn.DisposeAsync();
            throw;
        }
    }

    /// <summary>Chromium's host resolver rules that send every host of Google to the stand-in, both ports to their own listener; needs TLS.</summary>
    public string ResolverRules()
    {
        var tls = HttpsAddress ?? throw new InvalidOperationException("Google's hosts are dialled with TLS: set HttpsUrl.");
        var names = GoogleHosts.CertificateNames.Append("*.fps.goog");
        return string.Join(", ", names.Select(name => $"MAP {name}:80 {HttpAddress.Authority}, MAP {name} {tls.Authority}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_google is not null)
        {
            await _google.DisposeAsync();
        }

        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        _certificate?.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(GoogleStandInOptions options, CancellationToken cancellationToken)
    {
        string[] urls = options.HttpsUrl is null ? [options.HttpUrl] : [options.HttpUrl, options.HttpsUrl];
        _certificate = options.HttpsUrl is null ? null : StandInCertificate.Create(_time);
        var listening = 0;
        void Configure(ListenOptions listen)
        {
            // Kestrel configures the listeners in the order of the urls: the second one is the one with TLS.
            if (_certificate is not null && listening++ == 1)
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(_certificate.Server);
            }
            else
            {
                listen.Protocols = HttpProtocols.Http1;
            }

            listen.Use(RequestHeadTap.Insert);
        }

        _google = await LoopbackServer.StartAsync(urls, Configure, HandleAsync, cancellationToken);
        var control = new ControlApi(this, _stopping.Token);
        _control = await LoopbackServer.StartAsync([options.ControlUrl], _ => { }, control.HandleAsync, cancellationToken);
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        var (request, route) = await RequestReader.ReadAsync(context, _time, ending.Token);
        Recorder.Add(request);
        if (!request.BodyComplete)
        {
            context.Abort();
            return;
        }

        Faults.TryTake(request, out var fault);
        try
        {
            var answer = _overrule?.Invoke(request) ?? _answers.Answer(route, request, Scenario);
            await FaultyAnswer.SendAsync(context, answer, fault, _time, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The asker has gone or the stand-in stops: there is nobody to answer.
            context.Abort();
        }
    }

    private static LoopbackServer Started(LoopbackServer? server) => server ?? throw new InvalidOperationException("The stand-in is not started.");
}
