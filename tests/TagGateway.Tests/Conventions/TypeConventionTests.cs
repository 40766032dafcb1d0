using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using TagGateway.Demo;
using TagGateway.Sites;

namespace TagGateway.Tests.Conventions;

public sealed class TypeConventionTests
{
    private static readonly string[] TellingNothing = ["Manager", "Helper", "Processor", "Service", "Info", "Data"];
    private static readonly Type[] Types = [.. new[] { typeof(Site), typeof(LoopbackServer) }.SelectMany(type => type.Assembly.GetTypes()).Where(IsOurs)];

    [Fact]
    public void Types_BothAssemblies_AreFound() => Assert.True(Types.Length > 150, $"{Types.Length} types");

    [Fact]
    public void Types_All_AreInternal() => Offenders.AssertNone(Types.Where(type => type.IsVisible));

    [Fact]
    public void Classes_All_AreSealedStaticOrAbstract() => Offenders.AssertNone(Types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }));

    [Fact]
    public void AbstractClasses_All_HaveAHeir() =>
        Offenders.AssertNone(Types.Where(type => type is { IsClass: true, IsAbstract: true, IsSealed: false } && !Types.Any(other => other.IsSubclassOf(type))));

    [Fact]
    public void Names_All_SayWhatTheTypeIs() =>
        Offenders.AssertNone(Types.Where(type => TellingNothing.Any(word => type.Name.Split('`')[0].EndsWith(word, StringComparison.Ordinal))));

    [Fact]
    public void Interfaces_All_HaveTwoImplementations() =>
        Offenders.AssertNone(Types.Where(type => type.IsInterface && Types.Count(other => other.IsClass && other.IsAssignableTo(type)) < 2));

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("TagGateway", StringComparison.Ordinal) is true
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && !IsGenerated(type)
        && (type.DeclaringType is null || IsOurs(type.DeclaringType));

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || (type.GetCustomAttribute<GeneratedCodeAttribute>(inherit: false) is not null && type.DeclaringType is null
            && !Repository.Files("src", type.Name + ".cs").Any());
}
