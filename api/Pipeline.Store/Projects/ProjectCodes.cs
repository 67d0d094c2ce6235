using System.Globalization;
using Pipeline.Data;

namespace Pipeline.Store.Projects;

/// <summary>Project codes <c>YYYY-NNNNNN</c>, drawn from a keyed permutation so that they tell nothing about how many projects there are (R20).</summary>
public sealed class ProjectCodes
{
    private const int Size = 1_000_000;

    // Drawn before the first project, and never changed.
    private string? key;

    /// <summary>Draws the key of the permutation, if it is not yet drawn.</summary>
    public static async Task Begin(Session session)
    {
        await session.Lock(LockName.Seed);
        if (await session.One<string>(ReadKey) is null)
            await session.Execute(
                WriteKey,
                new { key = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)) }
            );
    }

    /// <summary>Draws the next codes, under the lock of the intake.</summary>
    /// <param name="drawn">How many were drawn this year, where that was read already.</param>
    public async Task<Queue<string>> Draw(Session session, int count, long? drawn = null)
    {
        var year = session.Today.Year;
        var name = CounterOf(year);
        drawn ??= await session.One<long?>(SelectDrawn, new { name }) ?? 0;
        var last = drawn.Value + count;
        session.Later(drawn == 0 ? Start : Advance, new { name, last });
        key ??= await session.One<string>(ReadKey)
            ?? throw new InvalidOperationException("The key of the project codes is missing.");
        return new Queue<string>(Enumerable.Range(0, count).Select(at => Code(year, last - count + at)));
    }

    // Past a million a year the number grows a digit: the prefix keeps codes apart.
    private string Code(int year, long number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{year}-{(number < Size ? "" : number / Size)}{Permute((int)(number % Size), $"{key}/{year}"):000000}"
        );

    /// <summary>A four-round Feistel network over 20 bits, walked until it falls below a million.</summary>
    internal static int Permute(int value, string key)
    {
        do
        {
            var (left, right) = (value >> 10, value & 1023);
            for (var round = 0; round < 4; round++)
            {
                var digest = System.Security.Cryptography.SHA256.HashData(
                    System.Text.Encoding.UTF8.GetBytes($"{key}/{round}/{right}")
                );
                (left, right) = (right, left ^ (BitConverter.ToUInt16(digest) & 1023));
            }

            value = (left << 10) | right;
        } while (value >= Size);
        return value;
    }

    /// <summary>What counts the codes drawn in a year.</summary>
    public static string CounterOf(int year) => $"project-code-{year}";

    private const string SelectDrawn = "SELECT value FROM counters WHERE name = @name";
    private const string Advance = "UPDATE counters SET value = @last WHERE name = @name";
    private const string Start = "INSERT INTO counters (name, value) VALUES (@name, @last)";
    private const string ReadKey = "SELECT value FROM settings WHERE name = 'project-code-key'";
    private const string WriteKey = "INSERT INTO settings (name, value) VALUES ('project-code-key', @key)";
}
