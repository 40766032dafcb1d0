namespace TagGateway.EndToEnd.Harness;

/// <summary>What came of one HTTP/2 stream.</summary>
/// <param name="Status">0: there was no response.</param>
/// <param name="IsWhole">The response has ended.</param>
/// <param name="ResetBy">The error code of a RST_STREAM; null: there was none.</param>
/// <param name="Body">The data frames' payloads.</param>
internal sealed record Http2Response(int Status, bool IsWhole, uint? ResetBy, byte[] Body)
{
    public string Text => System.Text.Encoding.Latin1.GetString(Body);
}
