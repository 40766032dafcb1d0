namespace TagGateway.Operations;

/// <summary>Passes on what is below a warning; warnings and errors as the throttle allows.</summary>
/// <param name="inner">Gets what is logged.</param>
/// <param name="category">The logger's.</param>
/// <param name="isOwn">The gateway's own messages name sites and tags: those of another site are of another kind. The platform's name connections, which are many.</param>
/// <param name="throttle">Of the whole process.</param>
internal sealed class ThrottledLogger(ILogger inner, string category, bool isOwn, LogThrottle throttle) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel < LogLevel.Warning)
        {
            inner.Log<TState>(logLevel, eventId, state, exception, formatter);
            return;
        }

        if (!throttle.TryPass(category, eventId.Id, isOwn ? formatter(state, exception) : null, out var suppressed))
        {
            return;
        }

        if (suppressed == 0)
        {
            inner.Log<TState>(logLevel, eventId, state, exception, formatter);
            return;
        }

        var text = $"{formatter(state, exception)} ({suppressed} more like it since the last time)";
        inner.Log<string>(logLevel, eventId, text, isOwn ? exception : null, static (text, _) => text);
    }
}
