using System.Globalization;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Service;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain.Matching;

namespace Pipeline.Api.Features.Projects;

/// <summary>The text that search compares: NFKC, lower case, simplified script, letters and digits only.</summary>
public static class SearchText
{
    public static string Of(string text) => Letters(Plain(text));

    /// <summary>What a project is found by: its name, code and investors; the same with numerals in Arabic digits; and the pinyin initials of each.</summary>
    public static IReadOnlyList<string> Lines(string code, ProjectBody body)
    {
        var texts = new[] { body.Name ?? "", code }
            .Concat((body.Investors ?? []).Select(investor => investor.Name!))
            .Select(Plain)
            .ToList();
        var lines = texts.ConvertAll(Letters);
        return
        [
            .. lines
                .Concat(texts.Select(text => Letters(Numerals.Equate(text))))
                .Concat(lines.SelectMany(Initials.Of))
                .Distinct(),
        ];
    }

    /// <summary>The words of a query, each of which a project must have somewhere. Where none has two characters, the query is one word.</summary>
    public static IReadOnlyList<string> Words(string query)
    {
        var words = query
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(Word)
            .Where(word => word.Length > 0)
            .Distinct()
            .ToList();
        return Bigrams(words).Count == 0 ? [Of(query)] : words;
    }

    /// <summary>A word with its numerals in Arabic digits, 二期 as 2期, so far as it is certain which numeral is meant: one that the word begins or breaks off in may go on in a name (十万 in 三十万吨).</summary>
    private static string Word(string text)
    {
        var plain = Plain(text);
        for (var at = 0; at < plain.Length; )
        {
            var end = Numerals.Read(plain, at, out _);
            if (end > at && (end == plain.Length || (at == 0 && plain[at] is '十' or '拾')))
                return Letters(plain);
            at = Math.Max(end, at + 1);
        }

        return Letters(Numerals.Equate(plain));
    }

    private static string Plain(string text) =>
        HanFolding.Fold(text.Normalize(System.Text.NormalizationForm.FormKC).ToLowerInvariant());

    private static string Letters(string plain) =>
        string.Concat(plain.EnumerateRunes().Where(System.Text.Rune.IsLetterOrDigit));

    /// <summary>Every two consecutive characters of some lines, each once.</summary>
    public static IReadOnlyList<string> Bigrams(IEnumerable<string> lines) => [.. lines.SelectMany(Pairs).Distinct()];

    private static IEnumerable<string> Pairs(string line)
    {
        var runes = line.EnumerateRunes().ToList();
        return runes.Zip(runes.Skip(1), (first, second) => $"{first}{second}");
    }

    /// <summary>Has a project found by the pairs of some lines instead of those it was found by.</summary>
    public static async Task Again(Session session, long seq, IEnumerable<string> before, IEnumerable<string> lines)
    {
        var (known, wanted) = (Bigrams(before), Bigrams(lines));
        foreach (var grams in known.Except(wanted).Chunk(MostForgotten))
            await session.Execute(Forget, new { seq, grams });
        session.Add(Index, wanted.Except(known).Select(gram => new object?[] { gram, seq }));
    }

    // A statement of SQL Server bears 2100 parameters.
    private const int MostForgotten = 1000;

    private static readonly BulkTable Index = new("search_index", "gram", "project_seq") { InOrder = true };

    private const string Forget = "DELETE FROM search_index WHERE gram IN @grams AND project_seq = @seq";
}

/// <summary>Makes the projects that were there before searches knew pinyin initials found by them too, a few at a time, the newest first.</summary>
public sealed class IndexInitials(Database database, WorkerParts parts) : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    private const int Batch = 50;
    private const string Ended = "0";

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return false;
    }

    /// <summary>Goes on from where it, or another process, was stopped.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        while (!cancel.IsCancellationRequested && await database.Write(Some)) { }
    }

    private static async Task<bool> Some(Session session)
    {
        await session.Lock(LockName.Intake);
        if (await session.One<string>(SelectBelow) is not { } below || below == Ended)
            return false;
        var rows = await session.Query<Row>(
            SelectRows,
            new { below = long.Parse(below, CultureInfo.InvariantCulture), limit = Batch }
        );
        foreach (var seq in rows.Select(row => row.Seq).Order())
            await Again(session, rows.Single(row => row.Seq == seq));
        await session.Execute(
            Advance,
            new { below = rows.Count == 0 ? Ended : rows[^1].Seq.ToString(CultureInfo.InvariantCulture) }
        );
        return rows.Count > 0;
    }

    private static async Task Again(Session session, Row row)
    {
        await session.Lock(LockName.Project(row.Id));
        var stored = (await session.One<Stored>(SelectStored, new { row.Id }))!;
        var lines = SearchText.Lines(row.Code, Json.Read<ProjectBody>(stored.Facts));
        await session.Execute(Update, new { row.Id, text = string.Join('\n', lines) });
        await SearchText.Again(session, row.Seq, stored.SearchText.Split('\n'), lines);
    }

    private sealed class Row
    {
        public long Seq { get; init; }
        public required string Id { get; init; }
        public required string Code { get; init; }
    }

    private sealed class Stored
    {
        public required string Facts { get; init; }
        public required string SearchText { get; init; }
    }

    private const string SelectBelow = "SELECT value FROM settings WHERE name = 'search-initials-below'";
    private const string Advance = "UPDATE settings SET value = @below WHERE name = 'search-initials-below'";
    private const string SelectRows = "SELECT seq, id, code FROM projects WHERE seq < @below ORDER BY seq DESC {page}";
    private const string SelectStored = "SELECT facts, search_text FROM projects WHERE id = @Id";
    private const string Update = "UPDATE projects SET search_text = @text WHERE id = @Id";
}
