using FsCheck;
using FsCheck.Fluent;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Tests.Imports;

/// <summary>R54: what is looked up is what comparing every pair would find.</summary>
public class WithinFileTests
{
    [Test]
    public void The_register_matches_itself_as_comparing_every_pair_would()
    {
        var rows = Register.Rows.Where(r => !r.IsRefused).ToList();
        var index = new WithinFile();
        foreach (var row in rows)
        {
            var expected = rows.TakeWhile(r => r != row)
                .Select(r => (r.RowNumber, Match: Matcher.Compare(r.Facts(), row.Facts())))
                .Where(m => m.Match is not null)
                .OrderBy(m => m.Match!.Level)
                .ThenBy(m => m.RowNumber)
                .Select(m => (m.RowNumber, m.Match!.Level));
            index.Matches(row.Facts()).Select(m => (m.RowNumber, m.Match.Level)).ShouldBe(expected);
            index.Add(row.RowNumber, row.Facts());
        }
    }

    [Property(Arbitrary = [typeof(Projects)], MaxTest = 300)]
    public bool Any_rows_do(List<MatchFacts> facts)
    {
        var index = new WithinFile();
        for (var i = 0; i < facts.Count; i++)
        {
            var found = index.Matches(facts[i]).Select(m => m.RowNumber).Order();
            if (
                !found.SequenceEqual(Enumerable.Range(0, i).Where(j => Matcher.Compare(facts[j], facts[i]) is not null))
            )
                return false;
            index.Add(i, facts[i]);
        }
        return true;
    }

    [Test]
    public void Of_many_rows_of_one_investor_so_many_are_told_and_the_others_counted()
    {
        var index = new WithinFile();
        MatchFacts Row(int number) =>
            new(
                $"第{(char)('一' + number)}{(char)('丁' + (7 * number))}{(char)('亟' + (3 * number))}项目",
                null,
                [new("嘉兴市城市投资发展集团有限公司", null, null)],
                null,
                null
            );
        for (var number = 0; number < 1_000; number++)
        {
            var found = index.Matches(Row(number), out var beyond);
            found.Count.ShouldBe(Math.Min(number, WithinFile.MostMatches));
            beyond.ShouldBe(number - found.Count);
            index.Add(number, Row(number));
        }

        // The very project among a thousand of its investor is found, and first.
        index
            .Matches(Row(3), out _)[0]
            .ShouldSatisfyAllConditions(
                match => match.RowNumber.ShouldBe(3),
                match => match.Match.Level.ShouldBe(MatchLevel.L1)
            );
    }

    [Test]
    public void Of_many_rows_of_like_names_so_many_are_told_and_that_there_are_more()
    {
        var index = new WithinFile();
        static MatchFacts Row(int number) =>
            new($"新型储能电池零部件生产线项目{number}", null, [], new Money(1_000_000_000, "CNY"), null);
        for (var number = 0; number < 600; number++)
        {
            var found = index.Matches(Row(number), out var beyond);
            found.Count.ShouldBe(Math.Min(number, WithinFile.MostMatches));
            (beyond > 0).ShouldBe(number > WithinFile.MostMatches);
            index.Add(number, Row(number));
        }

        // The one of the very name among hundreds that are like it is told.
        index.Matches(Row(3), out _).Select(match => match.RowNumber).ShouldContain(3);
    }

    private static class Projects
    {
        private static readonly Gen<string> Word = Gen.Elements(
            "动力电池",
            "锂电池",
            "一期",
            "项目",
            "年产",
            "10万吨",
            "新材料",
            "浙江",
            "冠宇",
            "卫星",
            "公司",
            "集团",
            "a",
            ""
        );

        private static readonly Gen<string> Name = from words in Gen.ListOf(Word) select string.Concat(words.Take(5));

        public static Arbitrary<MatchFacts> Any() =>
            Arb.From(
                from name in Name
                from code in Gen.Elements<string?>(null, null, null, "2311-330402-04-01-123456")
                from investors in Gen.ListOf(
                    from n in Name
                    from c in Gen.Elements<string?>(null, null, "914403001922038216")
                    from g in Gen.Elements<string?>(null, "桐昆集团", "桐昆")
                    select new MatchInvestor(n, c, g)
                )
                from amount in Gen.Elements<Money?>(
                    null,
                    new Money(1000, "CNY"),
                    new Money(900, "CNY"),
                    new Money(899, "CNY"),
                    new Money(1111, "CNY"),
                    new Money(1000, "USD")
                )
                from industry in Gen.Elements<string?>(null, "3841", "3849", "2651")
                select new MatchFacts(name, code, [.. investors.Take(2)], amount, industry)
            );
    }
}
