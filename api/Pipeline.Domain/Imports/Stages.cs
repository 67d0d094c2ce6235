using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;

namespace Pipeline.Domain.Imports;

/// <summary>Reads a register's stage column into the stages of §2.1 (kebab-case codes); null where it does not say.</summary>
public static partial class Stages
{
    public const string InTalks = "in-talks";
    public const string Signed = "signed";
    public const string Registered = "registered";
    public const string Started = "started";
    public const string InProduction = "in-production";
    public const string Terminated = "terminated";

    /// <summary>The stages in the order a project goes through them (R1).</summary>
    public static readonly IReadOnlyList<string> Order = [InTalks, Signed, Registered, Started, InProduction];

    private static readonly Dictionary<string, string> Words = Table(
        (
            InTalks,
            "在谈 洽谈 洽谈中 在谈中 在洽谈 在谈项目 在洽谈项目 对接 对接中 跟踪 跟踪中 跟进 跟进中 意向 意向项目 储备 储备项目 谋划 前期洽谈 深度洽谈 考察 谈判 谈判中 intalks talks negotiation negotiating innegotiation undernegotiation lead prospect"
        ),
        (
            Signed,
            "签约 已签约 签订 签约项目 签订协议 签订正式协议 已签订协议 正式签约 签署 已签署 完成签约 签约阶段 signed contracted signing agreementsigned"
        ),
        (
            Registered,
            "注册 已注册 备案 已备案 注册备案 登记 注册登记 工商注册 工商登记 已登记 注册落地 完成注册 完成备案 立项备案 注册项目 registered registration filed incorporated"
        ),
        (
            Started,
            "开工 已开工 动工 已动工 开工建设 开建 已开建 在建 建设 建设中 正在建设 施工 施工中 在建项目 开工项目 奠基 started construction underconstruction constructionstarted groundbroken groundbreaking building"
        ),
        (
            InProduction,
            "投产 已投产 投产运营 竣工投产 建成投产 投产项目 运营 已运营 投入运营 投入生产 投入使用 生产 量产 试生产 达产 已达产 开业 已开业 production inproduction operating operational inoperation"
        ),
        (
            Terminated,
            "终止 已终止 中止 终止洽谈 取消 已取消 流产 流失 已流失 解约 已解约 解除协议 淘汰 退出 已退出 放弃 不再推进 terminated cancelled canceled dropped withdrawn abandoned lost"
        )
    );

    /// <summary>Reads one cell. Empty, 引进, 落户 and whatever names no stage: <c>stage-unknown</c>.</summary>
    public static Cell<string?> Parse(string text)
    {
        var plain = HanFolding.Fold(Written.Plain(text));
        if (Written.IsBlank(plain))
            return new(text, null, [new(ImportCodes.StageUnknown)]);
        var bare = Numbering().Replace(HanFolding.Fold(Written.Bare(text)), "");
        if (Words.TryGetValue(bare, out var stage))
            return new(text, stage, []);
        if (Framework().IsMatch(plain))
            return new(text, InTalks, [new(ImportCodes.FrameworkOnly)]);
        var said = Clauses().Split(plain).Select(Said).OfType<(string Stage, bool Reached, bool Surely)>().ToList();
        var reached = said.Where(each => each.Reached).Select(each => each.Stage).Distinct().ToList();
        if (reached.Contains(Terminated))
            return reached.Count == 1
                ? new(text, Terminated, [new(ImportCodes.StageAssumed, text.Trim())])
                : new(text, null, [new(ImportCodes.StageUnknown, text.Trim())]);
        if (reached.Count > 0)
        {
            // 已签约,已开工: the later one holds. 签约、开工 may be what is to come, or two projects.
            var latest = reached.MaxBy(Order.ToList().IndexOf)!;
            return reached.Count == 1 || said.Any(each => each.Reached && each.Surely && each.Stage == latest)
                ? new(text, latest, [new(ImportCodes.StageAssumed, text.Trim())])
                : new(text, null, [new(ImportCodes.StageUnknown, text.Trim())]);
        }
        // What is under way towards signing has not left the talks; towards a later stage it may be at any before.
        return said.Count > 0 && said.All(each => each.Stage is Signed or InTalks)
            ? new(text, InTalks, [new(ImportCodes.StagePlanned)])
            : new(text, null, [new(ImportCodes.StageUnknown, text.Trim())]);
    }

    /// <summary>What one clause says of a stage: that it was reached (已开工, 6月开工, 开工), or that it is still to come (正在办理开工手续, 拟开工).</summary>
    private static (string Stage, bool Reached, bool Surely)? Said(string clause)
    {
        // 正在建设 and 正在生产 are under way because they have begun.
        var text = Underway().Replace(clause, "已开工");
        text = Producing().Replace(text, "已投产");
        var named = Order.Append(Terminated).Where(stage => Keyword(stage).IsMatch(text)).ToList();
        if (named.Count == 0)
            return null;
        if (Pending().IsMatch(text))
            return named[0] == Terminated ? null : (named[0], false, false);
        // 洽谈签约 is talking about it.
        if (named.Count > 1)
            return named[0] == InTalks && !Surely().IsMatch(text) ? (InTalks, true, false) : (named[^1], true, false);
        return (named[0], true, Surely().IsMatch(text));
    }

    private static Dictionary<string, string> Table(params (string Stage, string Words)[] rows) =>
        rows.SelectMany(r => r.Words.Split(' '), (r, word) => (word, r.Stage))
            .ToDictionary(p => p.word, p => p.Stage, StringComparer.Ordinal);

    private static Regex Keyword(string stage) =>
        stage switch
        {
            InTalks => TalksWord(),
            Signed => SignedWord(),
            Registered => RegisteredWord(),
            Started => StartedWord(),
            InProduction => ProductionWord(),
            _ => TerminatedWord(),
        };

    [GeneratedRegex(@"^[0-9]{1,2}(?=\D)", RegexOptions.CultureInvariant)]
    private static partial Regex Numbering();

    // A framework agreement leaves the project in talks (§2.1).
    [GeneratedRegex(
        @"框架|意向签约|意向(?:性)?协议|意向书|合作意向|framework|\bmou\b|\bloi\b|letter of intent|memorandum|备忘录",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Framework();

    // 已签约未注册, 签约待开工: what is not done yet is another stage than what is.
    [GeneratedRegex(
        @"[,;。.!、/|\n]|并(?=[已正计拟])|(?<=签约|签订|签署|协议|注册|备案|登记|开工|动工|投产|签)(?=[但而且]?(?:尚|暂|还|仍)?(?:未|没|待|拟|即将|正在|准备|计划|预计)[^,;。]{0,6}(?:签约|注册|登记|备案|开工|动工|开建|投产|投运|落地|落户|供地|拿地|到资|入库|入统))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Clauses();

    // Under way towards it, or meant: not done.
    [GeneratedRegex(
        @"正在|正(?=[办推申谈洽])|推进|办理|手续|拟|预(?!算)|即将|将(?:于|在)?|定于|待|未|计划|准备|筹备|争取|力争|目标|有望|商谈|磋商|起草|申请|申报|审批中|报批|流程|条件|前期|停|(?:[年月日底末初]|[0-9])\s?之?前(?!.{0,4}已)|前(?!\p{L})|在即|临近|招标|(?:签约|签订|签署|注册|登记|备案)(?:办理)?中|明年|后年|下(?:个月|半年|季度)|\bnot\b|plan|expect|prepar|pending|await|\bto (?:be|start|begin|commence|sign|open)\b|(?:registration|signing) (?:is )?in progress|will\b|soon",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pending();

    [GeneratedRegex(
        @"已|完成|完毕|正式|顺利|成功|实现|了\z|[0-9]\s?[月日号](?:份|底|初)?|[0-9]{4}[-./][0-9]{1,2}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Surely();

    [GeneratedRegex(
        @"正在?(?:施工|建设|进行(?:施工|建设|基础)|试产|试生产|调试|安装)(?!.{0,4}(?:手续|准备))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Underway();

    [GeneratedRegex(@"正在?(?:生产|运营|量产)", RegexOptions.CultureInvariant)]
    private static partial Regex Producing();

    [GeneratedRegex("洽谈|在谈|谈判|磋商|对接|协议起草|negotiat", RegexOptions.CultureInvariant)]
    private static partial Regex TalksWord();

    [GeneratedRegex("签约|签订|签署|[已待拟未将]签|signed", RegexOptions.CultureInvariant)]
    private static partial Regex SignedWord();

    [GeneratedRegex(
        "注册(?!资)|备案|工商登记|营业执照|registered|registration|incorporat",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex RegisteredWord();

    // What is built, topped out or fitted out was begun.
    [GeneratedRegex(
        "开工|动工|在建|奠基|开建|施工(?!图|许可|准备|招标|单位|方|队伍?|人员|机械|设备|合同|总包|场地)|建设中|封顶|桩基|土建|竣工|(?:基本|全面|已|主体)建成|设备(?:安装|调试)|construction",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex StartedWord();

    [GeneratedRegex(
        "投产|投运|运营|试产|试生产|试运行|(?:正常|正式|批量)生产|生产中|量产|达产|production",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex ProductionWord();

    [GeneratedRegex("终止|取消|解约|流失|terminated|cancelled", RegexOptions.CultureInvariant)]
    private static partial Regex TerminatedWord();
}
