using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Audit;

/// <summary>The heads of both chains at an instant, signed: kept outside the database, it shows if anything older was altered or cut off.</summary>
/// <param name="PublicKey">ECDSA P-256, SubjectPublicKeyInfo in Base64.</param>
/// <param name="Signature">ECDSA with SHA-256 over the canonical JSON of everything else, Base64.</param>
public sealed record Anchor(
    DateTimeOffset At,
    long AuditSeq,
    string AuditHash,
    long ReceiptSequence,
    string ReceiptHash,
    string PublicKey,
    string Signature
);

/// <summary>Makes, keeps and checks anchors: a line of JSON each, in a file beside the embedded database, in <c>data/pipeline.anchors.jsonl</c> with a server, or where <c>Audit:AnchorFile</c> says, and posted to <c>Audit:AnchorUrl</c>.</summary>
public sealed class Anchors : IDisposable
{
    private readonly Database database;
    private readonly ECDsa key;
    private readonly string publicKey;
    private readonly string? url;

    // What is anchored goes where the configuration says and nowhere else.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(15),
    };

    public Anchors(Database database, Secrets secrets, IConfiguration configuration)
    {
        this.database = database;
        key = Signing(secrets.Derive("audit-anchors"));
        publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        url = configuration["Audit:AnchorUrl"];
        File = configuration["Audit:AnchorFile"]
            ?? (
                database.Dialect.File is { } file
                    ? Path.ChangeExtension(file.Path, ".anchors.jsonl")
                    : Path.Combine("data", "pipeline.anchors.jsonl")
            );
        Interval =
            IsoDuration.TryParse(configuration["Audit:AnchorInterval"] ?? "PT1H", out var interval)
            && interval is { HasTime: true, Time.Ticks: > 0 }
                ? interval.Time
                : throw new InvalidOperationException("Audit:AnchorInterval must be a duration such as PT1H.");
    }

    /// <summary>The file of anchors.</summary>
    public string File { get; }

    public TimeSpan Interval { get; }

    /// <summary>The present heads, signed.</summary>
    public Task<Anchor> Now() =>
        database.Read(async session =>
        {
            var head = (await session.One<Head>(SelectHead))!;
            var anchor = new Anchor(
                session.Now,
                head.AuditSeq,
                head.AuditHash,
                head.ReceiptSequence ?? 0,
                head.ReceiptHash ?? Canonical.Genesis,
                publicKey,
                ""
            );
            return anchor with
            {
                Signature = Convert.ToBase64String(key.SignData(Signed(anchor), HashAlgorithmName.SHA256)),
            };
        });

    /// <summary>Keeps an anchor of the present heads, unless the last one kept says the same.</summary>
    public async Task<bool> Keep()
    {
        var anchor = await Now();
        if (
            anchor.AuditSeq == 0
            || (Last() is { } last && last.AuditHash == anchor.AuditHash && last.ReceiptHash == anchor.ReceiptHash)
        )
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        await System.IO.File.AppendAllTextAsync(File, JsonSerializer.Serialize(anchor, Json.Options) + "\n");

        if (url is not null)
            (await http.PostAsJsonAsync(url, anchor, Json.Options)).EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>The anchors in a file, oldest first.</summary>
    /// <exception cref="JsonException">A line is no anchor.</exception>
    public IEnumerable<Anchor> Read(string? file = null)
    {
        file ??= File;
        return file is null || !System.IO.File.Exists(file)
            ? []
            : System
                .IO.File.ReadLines(file)
                .Where(line => line.Length > 0)
                .Select(line => JsonSerializer.Deserialize<Anchor>(line, Json.Options)!);
    }

    /// <summary>The last anchor in the file, found from its end; null: there is none.</summary>
    public Anchor? Last()
    {
        const int Enough = 8192; // an anchor has some 600 bytes
        if (!System.IO.File.Exists(File))
            return null;
        using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, Enough), SeekOrigin.End);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() is { } line
            ? JsonSerializer.Deserialize<Anchor>(line, Json.Options)
            : null;
    }

    /// <summary>Whether this installation signed it.</summary>
    public bool IsOurs(Anchor anchor)
    {
        var signature = new byte[128];
        return anchor.PublicKey == publicKey
            && Convert.TryFromBase64String(anchor.Signature, signature, out var length)
            && key.VerifyData(Signed(anchor), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <summary>Whether the signature is of the key that the anchor itself tells; whose key that is, it cannot say.</summary>
    public static bool HoldsByItself(Anchor anchor)
    {
        try
        {
            using var told = ECDsa.Create();
            told.ImportSubjectPublicKeyInfo(Convert.FromBase64String(anchor.PublicKey), out _);
            return told.VerifyData(
                Signed(anchor),
                Convert.FromBase64String(anchor.Signature),
                HashAlgorithmName.SHA256
            );
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static byte[] Signed(Anchor anchor)
    {
        var content = Json.Node(anchor)!.AsObject();
        content.Remove("signature");
        return Encoding.UTF8.GetBytes(Canonical.Text(content));
    }

    /// <summary>The private key is the derived secret itself: a number below the order of the curve (two leading bits cleared).</summary>
    private static ECDsa Signing(byte[] secret)
    {
        secret[0] &= 0x3F;
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }

    private sealed class Head
    {
        public long AuditSeq { get; init; }
        public required string AuditHash { get; init; }
        public long? ReceiptSequence { get; init; }
        public string? ReceiptHash { get; init; }
    }

    private const string SelectHead = """
        SELECT h.seq AS audit_seq, h.hash AS audit_hash, c.sequence AS receipt_sequence, c.receipt_hash
        FROM audit_head h LEFT JOIN claims c ON c.sequence = (SELECT MAX(sequence) FROM claims)
        WHERE h.id = 1
        """;

    public void Dispose() => http.Dispose();
}

/// <summary>Keeps an anchor every hour.</summary>
public sealed class AnchorInTheBackground(Anchors anchors, WorkerParts parts) : TimedWorker(anchors.Interval, parts)
{
    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await anchors.Keep();
        return true;
    }
}
