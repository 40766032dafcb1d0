namespace TagGateway.Tests;

public sealed class XTests
{
    [Fact]
    public void X() => Assert.True(true);
}
