namespace Pipeline.Domain.Imports;

/// <summary>Countries and regions as a register's 国别地区 column names them, to ISO 3166 alpha-2.</summary>
public static class Countries
{
    private static readonly Dictionary<string, string> Codes = Table(
        """
        CN 中国 中国大陆 中国内地 大陆 内地 国内 内资 china mainlandchina prc chn 浙江 浙江省 江苏 江苏省 上海 上海市 北京 北京市 天津 重庆 广东 广东省 山东 福建 安徽 江西 湖南 湖北 河南 河北 四川 陕西 辽宁 吉林 黑龙江 云南 贵州 广西 海南 山西 甘肃 新疆 内蒙古 宁夏 青海 西藏 深圳 广州 杭州 宁波 苏州 嘉兴
        HK 香港 中国香港 香港特别行政区 港资 hongkong hongkongchina hksar
        MO 澳门 澳門 中国澳门 macao macau
        TW 台湾 臺灣 台灣 中国台湾 台湾省 台湾地区 台资 taiwan taiwanchina chinesetaipei
        JP 日本 日资 japan
        KR 韩国 韓國 大韩民国 韩资 korea southkorea republicofkorea
        KP 朝鲜 northkorea
        SG 新加坡 singapore
        MY 马来西亚 malaysia
        TH 泰国 thailand
        VN 越南 vietnam
        ID 印尼 印度尼西亚 indonesia
        PH 菲律宾 philippines
        IN 印度 india
        PK 巴基斯坦 pakistan
        IL 以色列 israel
        TR 土耳其 turkey turkiye türkiye
        AE 阿联酋 阿拉伯联合酋长国 迪拜 unitedarabemirates uae
        SA 沙特 沙特阿拉伯 saudiarabia
        QA 卡塔尔 qatar
        KW 科威特 kuwait
        KZ 哈萨克斯坦 kazakhstan
        RU 俄罗斯 russia russianfederation
        DE 德国 德國 德资 germany deutschland
        FR 法国 法國 france
        GB 英国 英國 unitedkingdom uk britain greatbritain england
        IE 爱尔兰 ireland
        IT 意大利 italy
        ES 西班牙 spain
        PT 葡萄牙 portugal
        NL 荷兰 荷蘭 netherlands thenetherlands holland
        BE 比利时 belgium
        LU 卢森堡 luxembourg
        CH 瑞士 switzerland
        AT 奥地利 austria
        SE 瑞典 sweden
        DK 丹麦 denmark
        NO 挪威 norway
        FI 芬兰 finland
        IS 冰岛 iceland
        PL 波兰 poland
        CZ 捷克 czechrepublic czechia
        HU 匈牙利 hungary
        RO 罗马尼亚 romania
        BG 保加利亚 bulgaria
        RS 塞尔维亚 serbia
        SK 斯洛伐克 slovakia
        SI 斯洛文尼亚 slovenia
        GR 希腊 greece
        CY 塞浦路斯 cyprus
        MT 马耳他 malta
        UA 乌克兰 ukraine
        LI 列支敦士登 liechtenstein
        US 美国 美國 美资 unitedstates unitedstatesofamerica usa us america
        CA 加拿大 canada
        MX 墨西哥 mexico
        BR 巴西 brazil
        AR 阿根廷 argentina
        CL 智利 chile
        PE 秘鲁 peru
        CO 哥伦比亚 colombia
        KY 开曼群岛 开曼 caymanislands
        VG 英属维尔京群岛 维尔京群岛 britishvirginislands bvi
        BM 百慕大 bermuda
        WS 萨摩亚 samoa
        SC 塞舌尔 seychelles
        MU 毛里求斯 mauritius
        AU 澳大利亚 澳洲 australia
        NZ 新西兰 newzealand
        ZA 南非 southafrica
        EG 埃及 egypt
        NG 尼日利亚 nigeria
        MA 摩洛哥 morocco
        """
    );

    /// <summary>Reads one cell; an empty one says nothing; a Chinese province or city is China.</summary>
    public static Cell<string?> Parse(string text)
    {
        var plain = Written.Plain(text);
        if (Written.IsBlank(plain))
            return new(text, null, []);
        var bare = Written.Bare(text);
        if (Codes.TryGetValue(bare, out var code))
            return new(text, code, []);
        if (bare.Length == 2 && Codes.ContainsValue(bare.ToUpperInvariant()))
            return new(text, bare.ToUpperInvariant(), []);
        var parts = plain.Split(
            ['、', ',', ';', '/', '和', '与', '及', '&', '+', ' '],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var found = parts.Select(p => Codes.GetValueOrDefault(Written.Bare(p))).ToList();
        if (found.Count > 1 && found.All(c => c is not null))
            return new(text, found[0], [new(ImportCodes.CountrySeveral, [.. found.Distinct().OfType<object>()])]);
        return new(text, null, [new(ImportCodes.CountryUnknown, text.Trim())]);
    }

    private static Dictionary<string, string> Table(string lines) =>
        lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => l.Split(' '))
            .SelectMany(l => l.Skip(1), (l, name) => (Name: Written.Bare(name), Code: l[0]))
            .DistinctBy(p => p.Name)
            .ToDictionary(p => p.Name, p => p.Code, StringComparer.Ordinal);
}
