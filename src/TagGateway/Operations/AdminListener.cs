namespace TagGateway.Operations;

/// <summary>Marks a connection of the administration port: the feature that parts it from traffic.</summary>
internal sealed class AdminListener
{
    public static readonly AdminListener Instance = new();
}
