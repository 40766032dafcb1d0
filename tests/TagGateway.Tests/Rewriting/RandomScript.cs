using System.Text;

namespace TagGateway.Tests.Rewriting;

/// <summary>Makes a program out of a seed: hosts of Google's and of others, kept in all the ways that scripts keep values, and used in all the ways that addresses are
/// built. It tells what it does by <c>send(url)</c> and <c>told(value)</c>.</summary>
internal sealed class RandomScript(int seed)
{
    private static readonly string[] GoogleHosts =
        ["www.google.com", "google.com", "www.googleadservices.com", "pagead2.googlesyndication.com", "stats.g.doubleclick.net", "www.googletagmanager.com", "www.merchant-center-analytics.goog"];

    private static readonly string[] OtherHosts = ["www.shop.example", "cdn.other.example", "policies.google.com", "notgoogle.com"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _script = new();
    private readonly HashSet<string> _names = [];

    /// <summary>What <c>page(n)</c> answers.</summary>
    public List<string> Told { get; } = [];

    public string Build()
    {
        _script.Append("var yes=true,no=false,zero=0,one=1,nothing;");
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            Pick(Hosted, Hosted, Hosted, Whole, Whole, Suffixed, Table, Compared, Listed, Set)();
        }

        var text = _script.ToString();
        return _random.Next(3) == 0 ? text.Replace(";", "; ", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal).Replace("){", ")\n{\n", StringComparison.Ordinal) : text;
    }

    /// <summary>A host is kept somewhere; then it is either used for addresses, or told.</summary>
    private void Hosted()
    {
        var host = Keep();
        for (var i = _random.Next(1, 3); i > 0; i--)
        {
            Pick(Send, Send, Tell)(host);
        }
    }

    private void Whole()
    {
        var (host, path) = (Host(), Path());
        var address = Quote(Pick($"https://{host}{path}", $"http://{host}{path}", $"https://{host}/", $"https://{host}"));
        var name = Name();
        _script.Append(Pick(
            $"send({address});",
            $"send({address}+{Quote("?a=" + host)});",
            $"var {name}={address};send({name}+\"/x\");",
            $"send(no?\"\":{address});",
            $"send(nothing||{address});",
            $"var {name}={{u:{address}}};send({name}.u);",
            $"var {name}=function(){{return {address}}};send({name}());",
            $"var {name}=[{address},{Quote("https://" + Host() + Path())}];send({name}[one]);",
            $"told(encodeURIComponent({address}));",
            $"told({Quote("&url=")}+{address});"));
    }

    private void Suffixed()
    {
        var (name, path) = (Name(), Path());
        _script.Append($"var {name}={Pick("\"\"", "\"region1\"", "\"www\"")};");
        _script.Append(Pick(
            $"send(\"https://\"+({name}||\"www\")+\".google-analytics.com/g/collect\");",
            $"send(\"https://\"+({name}?{name}+\".\":\"\")+\"analytics.google.com/\"+{Quote(path)});",
            $"send(\"https://\"+zero+\".fls.doubleclick.net/activityi;\");",
            $"send(\"https://\".concat({name}||\"www\",\".google-analytics.com\",{Quote(path)}));",
            $"send(\"https://{{r.}}google-analytics.com/g/collect\".replace(\"{{r.}}\",{name}?{name}+\".\":\"\"));",
            $"send(\"https://www.%/ads/ga-audiences?v=1\".replace(\"%\",\"google.co.in\"));",
            $"send(\"https://\"+{name}+\"x.example{path}?h=\"+{Quote(Host())});"));
    }

    /// <summary>Asked by the address as it stands in the script.</summary>
    private void Table()
    {
        var (table, host, other) = (Name(), Host(), Host());
        _script.Append($"var {table}={{{Quote("https://" + host)}:\"/g\"{(host == other ? "" : $",{Quote("https://" + other)}:\"/as\"")}}};");
        _script.Append(Pick(
            $"told({table}[{Quote("https://" + host)}]);",
            $"var F{table}=function(o,p){{return o+({table}[o]||\"/none\")+p}};send(F{table}({Quote("https://" + other)},{Quote(Path())}));",
            $"told({table}[\"https://\"+\"unknown.example\"]);"));
    }

    private void Compared()
    {
        var (host, name) = (Host(), Name());
        var address = Quote("https://" + host);
        _script.Append(Pick(
            $"told({Page(host)}==={Quote(host)});",
            $"told({address}!=={Page("https://" + host)});",
            $"told({Page("https://" + host + "/x")}.indexOf({address}+\"/\")===0);",
            $"told(/^https:\\/\\/{host}/.test({Page("https://" + host)}));",
            $"switch({Page(host)}){{case {Quote(host)}:told(1);break;default:told(2)}}",
            $"function {name}(a,b){{return a.indexOf(b)===0}}told({name}({Page("https://" + host)},{address}));"));
    }

    private void Listed()
    {
        var (list, host) = (Name(), Host());
        _script.Append($"var {list}=[{Quote("https://" + host)},\"https://list.example\"];told({list}.indexOf({Page("https://" + host)}));");
    }

    private void Set()
    {
        var (setter, hit) = (Name(), Name());
        _script.Append($"var {hit}={{d:{{}}}},{setter}=function(a,k,v){{a.d[k]=v}};{setter}({hit},\"gcldc\",yes?{Quote(Host())}:{Quote(Host())});for(var k in {hit}.d)told(k+\"=\"+{hit}.d[k]);");
    }

    /// <summary>Writes what keeps a host, and answers the expression that reads it.</summary>
    private string Keep()
    {
        var (name, member, host, other) = (Name(), Name(), Quote(Host()), Quote(Host()));
        var (before, read) = Pick(
            ("", host),
            ($"var {name}={host};", name),
            ($"var {name};{name}={host};", name),
            ($"var {name}=yes?{host}:{other};", name),
            ($"var {name}=nothing||{host};", name),
            ($"function {name}(){{return {host}}}", $"{name}()"),
            ($"function {name}(a){{if(a)return {host};return {other}}}", $"{name}(one)"),
            ($"function {name}(a){{switch(a){{case 1:return {host};default:return {other}}}}}", $"{name}(one)"),
            ($"var {name}=()=>{host};", $"{name}()"),
            ($"var {name}={{{member}:{host}}};", $"{name}.{member}"),
            ($"var {name}={{}};{name}.{member}={host};", $"{name}.{member}"),
            ($"var {name}={{get {member}(){{return {host}}}}};", $"{name}.{member}"),
            ($"var {name}={{{member}:function(){{return {host}}}}};", $"{name}.{member}()"),
            ($"var {name}=[{host},{other}];", $"{name}[zero]"),
            ($"var {name}={{1:{host},2:{other}}};", $"{name}[one]"),
            ($"var {name}=(zero,{host});", name),
            ($"function {name}(a){{return a}}", $"{name}({host})"),
            ($"class {name.ToUpperInvariant()}{{constructor(){{this.{member}={host}}}}}var {name}=new {name.ToUpperInvariant()}();", $"{name}.{member}"));
        _script.Append(before);
        return read;
    }

    private void Send(string host)
    {
        var (name, path) = (Name(), Path());
        _script.Append(Pick(
            $"send(\"https://\"+{host}+{Quote(path)});",
            $"send(\"https://\"+{host}+{Quote(path)}+{Quote("?h=" + Host())});",
            $"send(\"https://\".concat({host},{Quote(path)}));",
            $"function {name}(h,p){{return\"https://\"+h+p}}send({name}({host},{Quote(path)}));",
            $"var {name}=(p,h)=>\"https://\"+h+p;send({name}({Quote(path)},{host}));",
            $"(function(h){{send(\"https://\"+h+{Quote(path)})}})({host});",
            $"var {name}=\"\"+{host}+(no?\"/a\":\"/b\");send(\"https://\"+{name});",
            $"var {name}={host};send((yes?\"https://\":\"http://\")+{name}+{Quote(path)});"));
    }

    private void Tell(string host) => _script.Append(Pick(
        $"told({host});",
        $"told(\"h=\"+{host});",
        $"told(encodeURIComponent({host}));",
        $"told({host}==={Quote(Host())});",
        $"told({host}?1:2);",
        $"send(\"https://x.example/?h=\"+{host});"));

    /// <summary>What the page or the browser tells: no text of the script.</summary>
    private string Page(string text)
    {
        Told.Add(text);
        return $"page({Told.Count - 1})";
    }

    private string Host() => _random.Next(3) > 0 ? Pick(GoogleHosts) : Pick(OtherHosts);

    private string Path() => Pick("/g/collect", "/ccm/collect", "/pagead/conversion/", "/x?c=");

    /// <summary>As a minifier makes them, or as people write them.</summary>
    private string Name()
    {
        while (true)
        {
            var length = Pick(1, 2, 2, 7);
            var name = new string([.. Enumerable.Range(0, length).Select(_ => (char)('a' + _random.Next(26)))]);
            if (name is not ("do" or "if" or "in" or "of" or "no" or "p" or "h" or "k" or "a" or "v" or "o" or "b" or "u" or "d") && _names.Add(name))
            {
                return name;
            }
        }
    }

    private string Quote(string text) => _random.Next(2) == 0 ? $"\"{text}\"" : $"'{text}'";

    private T Pick<T>(params T[] all) => all[_random.Next(all.Length)];
}
