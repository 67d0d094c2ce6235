/** Why reports are like others, and the page where the centre decides on them. */
const reviews = {
  matchReason: {
    'national-code': '国家项目代码相同',
    'investor-and-name': '投资方和项目名称相同',
    'investor-class-amount': '投资方、行业相同，金额相近',
    'investor-class-name': '投资方、行业相同，名称相近',
    'other-spelling': '同一投资方的不同写法',
    alias: '中心登记的同一企业别名',
    'name-core': '除规模、地名外项目名称相同',
    'investor-named': '项目名称含对方投资方',
    'same-investor': '有共同投资方',
    'similar-investor': '投资方名称相近',
    'similar-name-amount': '项目名称、金额相近',
    'group-and-class': '同一集团、同一行业',
    phase: '可能是分期',
    secret: '涉及涉密项目',
    'too-many-candidates': '相近项目过多',
  },
  review: {
    title: '首报核定：{{name}}',
    noCandidates: '没有相近的项目或报送',
    tooMany: '相近的项目过多，这里只列出最相近的一部分。',
    notYours: '目前不能核定这件报送，可能还有次序在前的报送未核定。',
    candidateProject: '候选 {{n}}：库内项目',
    candidateClaim: '候选 {{n}}：待核定报送',
    decided: { same: '曾核定为同一项目', distinct: '曾核定为不同项目' },
    fact: '比对项',
    thisReport: '本次报送',
    likeness: '比对',
    like: { same: '相同', different: '不同', 'one-sided': '缺一方', neither: '均未填', common: '有共同方' },
    decisionTitle: '核定',
    choice: '核定意见',
    choiceRequired: '请选择核定意见',
    sameAs: '与候选 {{n}} 是同一项目',
    distinct: '与各候选都不是同一项目',
    distinctHint: '按次序再比对后，另立项目。',
    submit: '提交核定',
    done: '已核定，结果：{{status}}',
  },
};

export type ReviewTexts = typeof reviews;
export default reviews;
