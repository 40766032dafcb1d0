using System.ComponentModel;

namespace TagGateway.Operations;

/// <summary>What is logged, and how; to standard output.</summary>
internal sealed class LogOptions
{
    [Description("The least level that is logged. \"debug\" tells of every request, without addresses, cookies and queries. Default \"information\".")]
    public LogThreshold Level { get; set; } = LogThreshold.Information;

    [Description("\"text\": one line an event (default); \"json\": one JSON object a line.")]
    public LogFormat Format { get; set; } = LogFormat.Text;
}
