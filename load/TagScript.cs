#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.IO.Compression;
using System.Text;

// A tag script for load/race.sh, in the codings Google serves: `dotnet run load/TagScript.cs -- ID BYTES FILE` writes FILE, FILE.br and FILE.gz.
// Synthetic: minified code of invented names and words around the one thing a gateway looks at, the blob that names the tag. Names and words recur as
// unevenly as in real scripts, so that it compresses as they do (br: to about a third). The same arguments make the same bytes.
var (id, bytes, file) = (args[0], int.Parse(args[1]), args[2]);
var random = new Random(20261122);
string[] names = [.. Enumerable.Range(0, 2500).Select(_ => (char)('A' + random.Next(26)) + Letters(1, 2))];
string[] words = [.. Enumerable.Range(0, 1500).Select(_ => Letters(3, 11))];
string[] forms =
[
    "function N(a,b){var c=N(a,\"W\");return c&&N[c]>=D?N(c,b):void 0}",
    "N.prototype.N=function(a){this.N=a||D;try{N(D,this.W)}catch(b){N(D)}};",
    "var N=function(a,b,c){for(var d=0;d<a.length;d++)if(a[d].W!==\"W.W\")return N(b,a[d],!D);return N(c)};",
    "N.W=\"W-W\";N(\"W\",D,function(a){return typeof a===\"string\"?N(a):[a,N.N,D]});",
    "if(N(D)&&!N.N){var N=N(a,{W:D,W:\"W\",W:N});N.push(N)}else N(a,N.N);",
    "N[D]=[\"W\",\"W_W\",D,D,\"W\"];",
];

const string End = "*/})();";
var script = new StringBuilder("(function(){var data={\"resource\":{\"version\":\"1\"},\"runtime\":[],\"entities\":{},");
script.Append("\"blob\":{\"1\":\"1\",\"5\":\"" + id + "\",\"14\":\"65j1\",\"18\":\"/f807/\",\"47\":true}};");
while (Statement() is var statement && script.Length + statement.Length + End.Length + 2 <= bytes)
{
    script.Append(statement);
}

script.Append("/*").Append('.', bytes - script.Length - End.Length).Append(End);
var source = Encoding.ASCII.GetBytes(script.ToString());
File.WriteAllBytes(file, source);
Write(".br", to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 9 }));
Write(".gz", to => new GZipStream(to, new ZLibCompressionOptions { CompressionLevel = 9 }));

void Write(string ending, Func<Stream, Stream> coding)
{
    using var coder = coding(File.Create(file + ending));
    coder.Write(source);
}

string Statement() => string.Concat(forms[random.Next(forms.Length)].Select(letter => letter switch
{
    'N' => Often(names),
    'W' => Often(words),
    'D' => $"{random.Next(1, 700)}",
    _ => $"{letter}",
}));

string Letters(int least, int most) => new([.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => "etaoinsrhldcumfpgwybvkxETAOINSR"[random.Next(31)])]);

// The first of a list far more often than the last.
string Often(string[] list) => list[(int)(list.Length * Math.Pow(random.NextDouble(), 2.5))];
