namespace TagGateway.Upstream;

/// <summary>How a request on the measurement path ended. Every one ends as exactly one of these: nothing is lost without a reason.</summary>
internal enum ForwardOutcome
{
    /// <summary>Google took it: a 2xx or 3xx.</summary>
    Delivered,

    /// <summary>Google answered 4xx.</summary>
    Refused,

    /// <summary>Google answered 5xx.</summary>
    UpstreamError,

    /// <summary>No connection, or one that broke before the answer.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The answer broke off, or stalled, while it was passed on.</summary>
    AnswerCutShort,

    /// <summary>The body is over the site's limit.</summary>
    BodyTooLarge,

    /// <summary>The browser left, or fell silent, before its body was whole.</summary>
    BodyIncomplete,

    /// <summary>The browser left before its script came: nobody wants it any more.</summary>
    Abandoned,

    /// <summary>The answer was a script of a tag that the site does not allow; the browser was sent to Google for it.</summary>
    ForeignScript,

    /// <summary>The answer was a script that could not be read, so that nobody knows whose it is.</summary>
    UnreadableScript,

    /// <summary>The answer was a script that there was no room to hold or to read; the browser was sent to Google for it.</summary>
    Shed,
}
