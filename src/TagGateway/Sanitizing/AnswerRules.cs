namespace TagGateway.Sanitizing;

/// <summary>What an answer of Google's may do on the site's own origin.</summary>
/// <param name="CookieHost">The visitor's host, without port: whose cookies may be set; null: none are.</param>
/// <param name="Document">What it may do as a page.</param>
/// <param name="MayRun">False: what says it is JavaScript becomes plain text.</param>
/// <param name="MeasurementPath">The site's, below which a service worker of Google's may reach; null: nowhere.</param>
internal readonly record struct AnswerRules(string? CookieHost, DocumentRule Document = DocumentRule.Sandboxed, bool MayRun = true, string? MeasurementPath = null);
