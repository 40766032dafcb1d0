namespace TagGateway.Configuration;

/// <summary>The settings in force. Read once a request; a reload swaps one reference.</summary>
internal sealed class CurrentSettings(GatewaySettings initial)
{
    private volatile GatewaySettings _value = initial;

    public GatewaySettings Value
    {
        get => _value;
        set => _value = value;
    }
}
