using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TagGateway.EndToEnd.Harness;

/// <summary>Every line that a running gateway logs, with its exception if it has one.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyCollection<string> Lines => [.. _lines.Select(line => line.Text)];

    /// <summary>The lines that ask somebody to act: among them whatever escaped the gateway's own handling.</summary>
    public IReadOnlyCollection<string> Errors => [.. _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text)];

    public void Clear() => _lines.Clear();

    public static LogRecorder Attach(RunningGateway gateway)
    {
        var recorder = new LogRecorder();
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(recorder);
        return recorder;
    }

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose()
    {
        // Holds nothing.
    }

    private sealed class Recorder(LogRecorder owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner._lines.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}
