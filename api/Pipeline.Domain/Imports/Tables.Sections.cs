using System.Text.RegularExpressions;

namespace Pipeline.Domain.Imports;

public static partial class Tables
{
    /// <summary>The headings above the row that comes next.</summary>
    private sealed class Sections
    {
        private readonly List<(int Level, string? Stage, string? Chain, string Heading)> open = [];
        private readonly List<string> titles = [];
        private (string? Stage, string Text)? sheet,
            title;
        private int closed;

        public LentByHeading? Lent { get; private set; }

        /// <summary>A sheet called 在谈 gives its rows that stage.</summary>
        public void Sheet(string name)
        {
            sheet = (StageOf(name), name);
            Settle();
        }

        /// <summary>A title above the first table; a numbered one counts for that table alone.</summary>
        public void Title(string text)
        {
            titles.Add(text.Trim());
            if (RowKinds.NumberedTitle(text) is { } heading)
                Begin(heading);
            else if (StageOf(RowKinds.TitleOf(text)) is { } stage)
                title = (stage, text.Trim());
            Settle();
        }

        public void Begin(KindOfRow kind)
        {
            open.RemoveAll(each => each.Level >= kind.Level);
            closed = Math.Min(closed, open.Count);
            open.Add((kind.Level, StageOf(kind.Title), ChainOf(kind.Title), kind.Title));
            Settle();
        }

        /// <summary>A project stands below the headings so far: they are of this table.</summary>
        public void Close() => closed = open.Count;

        /// <summary>A new table begins: of the headings only those count that stand directly above it.</summary>
        public void NextTable()
        {
            open.RemoveRange(0, closed);
            closed = 0;
            Settle();
        }

        private void Settle()
        {
            var stage = open.FindLast(each => each.Stage is not null);
            var chain = open.FindLast(each => each.Chain is not null);
            var above = title ?? sheet;
            var lent = stage.Stage ?? above?.Stage;
            List<string> texts =
            [
                .. Enumerable.Reverse(open).Select(each => each.Heading),
                .. Enumerable.Reverse(titles),
                .. sheet is { Text: var name } ? [name] : Array.Empty<string>(),
            ];
            Lent =
                lent is null && chain.Chain is null && texts.Count == 0
                    ? null
                    : new LentByHeading(
                        lent,
                        chain.Chain,
                        stage.Heading ?? (above?.Stage is null ? null : above.Value.Text) ?? chain.Heading ?? ""
                    )
                    {
                        Texts = texts,
                    };
        }

        // Only what names one stage beyond doubt: 当年签约、当年开工 names two, 推进签约 none that was reached.
        private static string? StageOf(string text) =>
            text.Length > 0
            && Stages.Parse(text) is { Value: { } stage, Doubts: var doubts }
            && doubts.All(doubt => doubt.Code == ImportCodes.StageAssumed)
                ? stage
                : null;

        private static string? ChainOf(string text) =>
            StageOf(text) is null && text.Length is > 1 and <= 20 && IndustryWords.IsMatch(text) ? text : null;

        private static readonly Regex IndustryWords = new(
            "(?:产业|产业链|行业|制造业?|材料|装备|器件|能源|医药|电子|信息|化工|汽车|零部件|食品|物流|服务业|经济|科技|软件|设备|健康|航空|航天|纺织|家电|半导体|光伏|电池|芯片|智能|医疗|生物|农业|旅游|文化)(?:类|项目|领域|板块)?$",
            RegexOptions.CultureInvariant
        );
    }
}
