using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using TagGateway.Operations;

namespace TagGateway.Tests.Operations;

public sealed class LogThrottleTests
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogCollector _log = new();
    private readonly LogThrottle _throttle;

    public LogThrottleTests() => _throttle = new LogThrottle(_time);

    [Fact]
    public void Log_FloodOfOneKind_IsOneLineAMinuteWithTheCount()
    {
        var logger = Logger(isOwn: false);

        for (var i = 0; i < 1000; i++)
        {
            Log(logger, LogLevel.Critical, $"connection {i} exceeded");
        }

        _time.Advance(LogThrottle.Pause);
        Log(logger, LogLevel.Critical, "connection 1000 exceeded");

        Assert.Equal(["connection 0 exceeded", "connection 1000 exceeded (999 more like it since the last time)"], Lines());
    }

    [Fact]
    public void Log_OwnMessagesOfTwoSites_AreTwoKinds()
    {
        var logger = Logger(isOwn: true);

        foreach (var site in new[] { "shop", "blog", "shop" })
        {
            Log(logger, LogLevel.Warning, $"The origin of site {site} does not answer.");
        }

        Assert.Equal(["The origin of site shop does not answer.", "The origin of site blog does not answer."], Lines());
    }

    [Fact]
    public void Log_BelowAWarning_IsNeverHeldBack()
    {
        var logger = Logger(isOwn: false);

        for (var i = 0; i < 5; i++)
        {
            Log(logger, LogLevel.Information, "started");
        }

        Assert.Equal(5, Lines().Count);
    }

    [Fact]
    public void Log_ExceptionOfThePlatform_ComesWithTheFirstLineOnly()
    {
        var logger = Logger(isOwn: false);
        var error = new InvalidOperationException("x");

        Log(logger, LogLevel.Error, "broke", error);
        Log(logger, LogLevel.Error, "broke", error);
        _time.Advance(LogThrottle.Pause);
        Log(logger, LogLevel.Error, "broke", error);

        Assert.Equal([error, null], _log.GetSnapshot().Select(record => record.Exception));
    }

    [Fact]
    public void TryPass_MoreKindsThanAreKept_CountTogether()
    {
        for (var i = 0; i < LogThrottle.MaxKinds; i++)
        {
            Assert.True(_throttle.TryPass("c", 1, $"text {i}", out _));
        }

        var passed = Enumerable.Range(0, 5000).Count(i => _throttle.TryPass("c", 1, $"further text {i}", out _));
        _time.Advance(LogThrottle.Pause);

        Assert.Equal(1, passed);
        Assert.True(_throttle.TryPass("c", 1, "text 1", out _));
        Assert.True(_throttle.TryPass("c", 1, "another", out _));
    }

    private ThrottledLogger Logger(bool isOwn) => new(new FakeLogger(_log, Kestrel), Kestrel, isOwn, _throttle);

    private static void Log(ThrottledLogger logger, LogLevel level, string text, Exception? error = null) => logger.Log(level, new EventId(7), text, error, static (state, _) => state);

    private List<string> Lines() => [.. _log.GetSnapshot().Select(record => record.Message)];
}
