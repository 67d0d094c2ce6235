using FsCheck;
using FsCheck.Fluent;
using FsCheck.NUnit;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Tests.Matching;

/// <summary>R13: similarity is 1 − Levenshtein ÷ longer length over code points; bigrams find every text similar enough.</summary>
public class SimilarityTests
{
    [TestCase("", "", 0.0)]
    [TestCase("a", "", 0.0)]
    [TestCase("abc", "abc", 1.0)]
    [TestCase("kitten", "sitting", 4.0 / 7)]
    [TestCase("abcdefghij", "abcdef1234", 0.6)]
    [TestCase("abcde", "abc12", 0.6)]
    [TestCase("abcdefghijklmnopqrst", "abcdefghijklmnopq123", 0.85)]
    [TestCase("𠮷野家", "吉野家", 2.0 / 3)]
    public void Similarity_is_one_less_the_edits_over_the_longer_length(string a, string b, double expected) =>
        Similarity.Of(a, b).ShouldBe(expected);

    [TestCase("abcdefghij", "abcdef1234", 0.60, true)]
    [TestCase("abcdefghij", "abcde12345", 0.60, false)]
    [TestCase("abcdefghijklmnopqrst", "abcdefghijklmnopq123", 0.85, true)]
    [TestCase("abcdefghijklmnopqrst", "abcdefghijklmnop1234", 0.85, false)]
    [TestCase("", "", 0.60, false)]
    public void The_threshold_itself_is_similar_enough(string a, string b, double threshold, bool expected) =>
        Similarity.AtLeast(a, b, threshold).ShouldBe(expected);

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 2000)]
    public bool It_agrees_with_a_table_filled_cell_by_cell(Pair pair) =>
        Similarity.Of(pair.A, pair.B) == Reference(pair.A, pair.B);

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 2000)]
    public bool The_quick_answer_is_the_full_one(Pair pair) =>
        new[] { 0.5, 0.6, 0.75, 0.85, 1.0 }.All(t =>
            Similarity.AtLeast(pair.A, pair.B, t) == (Similarity.Of(pair.A, pair.B) >= t)
        );

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 2000)]
    public bool Similar_texts_share_at_least_the_least_number_of_grams(Pair pair)
    {
        var shared = Grams.Of(pair.A).Intersect(Grams.Of(pair.B)).Count();
        var length = pair.A.EnumerateRunes().Count();
        return new[] { 0.5, 0.6, 0.75, 0.85, 1.0 }.All(t =>
            !Similarity.AtLeast(pair.A, pair.B, t) || shared >= Grams.LeastShared(length, t)
        );
    }

    [Property(Arbitrary = [typeof(Texts)])]
    public bool The_grams_of_a_text_are_all_different_and_one_more_than_its_code_points(Pair pair)
    {
        var grams = Grams.Of(pair.A);
        return grams.Distinct().Count() == grams.Count
            && grams.Count == (pair.A.Length == 0 ? 0 : pair.A.EnumerateRunes().Count() + 1);
    }

    [Test]
    public void The_second_of_a_gram_is_told_from_the_first() => Grams.Of("aaa").ShouldBe(["^a", "aa", "aa#2", "a$"]);

    // By hand: m + 1 − 2⌊0.4m⌋ over m = 10 … 16 is 3, 4, 5, 4, 5, 4, 5; over m = 5 … 8 it is 2, 3, 4, 3.
    [TestCase(10, 0.60, 3)]
    [TestCase(5, 0.60, 2)]
    [TestCase(2, 0.60, 2)]
    [TestCase(1, 0.60, 2)]
    // m + 1 − 2⌊0.15m⌋ over m = 20 … 23: 15, 16, 17, 18.
    [TestCase(20, 0.85, 15)]
    [TestCase(0, 0.85, 1)]
    public void The_least_number_of_shared_grams_follows_from_the_edits_allowed(
        int length,
        double threshold,
        int expected
    ) => Grams.LeastShared(length, threshold).ShouldBe(expected);

    private static double Reference(string a, string b)
    {
        int[] x = [.. a.EnumerateRunes().Select(r => r.Value)],
            y = [.. b.EnumerateRunes().Select(r => r.Value)];
        if (x.Length + y.Length == 0)
            return 0;
        var table = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++)
        {
            for (var j = 0; j <= y.Length; j++)
            {
                table[i, j] =
                    i == 0 ? j
                    : j == 0 ? i
                    : new[]
                    {
                        table[i - 1, j] + 1,
                        table[i, j - 1] + 1,
                        table[i - 1, j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1),
                    }.Min();
            }
        }
        var longer = Math.Max(x.Length, y.Length);
        return (double)(longer - table[x.Length, y.Length]) / longer;
    }

    public sealed record Pair(string A, string B);

    /// <summary>Pairs that are often alike: the second is the first with a few edits.</summary>
    private static class Texts
    {
        private static readonly Gen<string> Letter = Gen.Elements("a", "b", "c", "电", "池", "项", "目", "𠮷", "1");

        public static Arbitrary<Pair> Pairs() =>
            Arb.From(
                from letters in Gen.ListOf(Letter)
                from edits in Gen.ListOf(
                    from at in Gen.Choose(0, 40)
                    from kind in Gen.Choose(0, 2)
                    from letter in Letter
                    select (at, kind, letter)
                )
                from other in Gen.ListOf(Letter)
                from unrelated in Gen.Choose(0, 4)
                select new Pair(
                    string.Concat(letters),
                    unrelated == 0 ? string.Concat(other) : Edited([.. letters], edits.Take(6))
                )
            );

        private static string Edited(List<string> letters, IEnumerable<(int At, int Kind, string Letter)> edits)
        {
            foreach (var (at, kind, letter) in edits)
            {
                if (kind == 0 || letters.Count == 0)
                    letters.Insert(at % (letters.Count + 1), letter);
                else if (kind == 1)
                    letters.RemoveAt(at % letters.Count);
                else
                    letters[at % letters.Count] = letter;
            }
            return string.Concat(letters);
        }
    }
}
