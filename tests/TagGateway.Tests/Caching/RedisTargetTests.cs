using TagGateway.Caching;

namespace TagGateway.Tests.Caching;

public sealed class RedisTargetTests
{
    [Fact]
    public void TryParse_AddressOnly_NobodyWaitsLong()
    {
        Assert.True(RedisTarget.TryParse("redis", out var target, out _));

        Assert.Equal("Unspecified/redis:0", target.Options.EndPoints[0].ToString());
        Assert.False(target.Options.AbortOnConnectFail);
        Assert.Equal(1000, target.Options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(500), target.CommandTimeout);
        Assert.Equal("taggateway", target.Options.ClientName);
    }

    [Fact]
    public void TryParse_OperatorSaysOtherwise_IsTaken()
    {
        Assert.True(RedisTarget.TryParse("redis:7000, ConnectTimeout=3000,asyncTimeout=700,name=edge,password=a=b,ssl=true,defaultDatabase=3", out var target, out _));

        Assert.Equal(3000, target.Options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(700), target.CommandTimeout);
        Assert.Equal("edge", target.Options.ClientName);
        Assert.Equal("a=b", target.Options.Password);
        Assert.True(target.Options.Ssl);
        Assert.Equal(3, target.Options.DefaultDatabase);
    }

    [Theory]
    [InlineData("redis,abortConnect=true")]
    [InlineData("redis,abortConnect=false")]
    public void TryParse_AbortConnect_IsNeverSo(string text)
    {
        Assert.True(RedisTarget.TryParse(text, out var target, out _));

        Assert.False(target.Options.AbortOnConnectFail);
    }

    [Theory]
    [InlineData("")]
    [InlineData("password=hunter2")]
    [InlineData("redis:hunter2")]
    [InlineData("redis,hunter2=1")]
    [InlineData("redis,connectTimeout=hunter2")]
    [InlineData("redis,ssl=hunter2")]
    [InlineData("redis://:hunter2@redis:6379/0")]
    [InlineData("rediss://hunter2@redis")]
    public void TryParse_Malformed_IsSaidWithoutQuoting(string text)
    {
        Assert.False(RedisTarget.TryParse(text, out _, out var problem));

        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
        Assert.Contains("it may hold a password", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Always_TellsNothing()
    {
        Assert.True(RedisTarget.TryParse("redis,password=hunter2", out var target, out _));

        Assert.Equal("Redis", $"{target}");
    }

    [Fact]
    public void IsSame_OtherPassword_IsAnother()
    {
        Assert.True(RedisTarget.TryParse("redis,password=a", out var one, out _));
        Assert.True(RedisTarget.TryParse("redis,password=a", out var same, out _));
        Assert.True(RedisTarget.TryParse("redis,password=b", out var other, out _));

        Assert.True(one.IsSame(same));
        Assert.False(one.IsSame(other));
        Assert.False(one.IsSame(null));
    }
}
