//! Chinese names of the columns and classes of shipped data. English shows the names that the files have.
//!
//! Not responsible for the learner's own tables, whose names are shown as they are.

/// The Chinese name of a column or a class of the set `set`; `None` where the file's own name is shown.
pub fn chinese(set: &str, name: &str) -> Option<&'static str> {
    match set {
        "iris" => iris(name),
        "penguins" => penguins(name),
        "wine" => wine(name),
        "breast_cancer" => breast_cancer(name),
        "titanic" => titanic(name),
        "adult" => adult(name).or_else(|| adult_words(name)),
        "diabetes" => diabetes(name),
        "cars_mpg" => cars(name),
        "sacramento_houses" => houses(name),
        "fashion_mnist" | "emoji32" => pictures(name),
        "names" | "adding" => tasks(name),
        _ => None,
    }
}

/// Finds `name` among pairs.
fn among(pairs: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    pairs.iter().find(|(n, _)| *n == name).map(|(_, zh)| *zh)
}

fn iris(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 8] = [
        ("sepal_length", "萼片长（厘米）"),
        ("sepal_width", "萼片宽（厘米）"),
        ("petal_length", "花瓣长（厘米）"),
        ("petal_width", "花瓣宽（厘米）"),
        ("target", "种类"),
        ("setosa", "山鸢尾"),
        ("versicolor", "变色鸢尾"),
        ("virginica", "维吉尼亚鸢尾"),
    ];
    among(&PAIRS, name)
}

fn penguins(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 15] = [
        ("species", "种类"),
        ("Adelie", "阿德利企鹅"),
        ("Chinstrap", "帽带企鹅"),
        ("Gentoo", "巴布亚企鹅"),
        ("island", "岛屿"),
        ("Biscoe", "比斯科岛"),
        ("Dream", "梦幻岛"),
        ("Torgersen", "托格森岛"),
        ("bill_length_mm", "喙长（毫米）"),
        ("bill_depth_mm", "喙厚（毫米）"),
        ("flipper_length_mm", "鳍长（毫米）"),
        ("body_mass_g", "体重（克）"),
        ("sex", "性别"),
        ("female", "雌"),
        ("male", "雄"),
    ];
    among(&PAIRS, name)
}

fn wine(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 17] = [
        ("alcohol", "酒精"),
        ("malic_acid", "苹果酸"),
        ("ash", "灰分"),
        ("alcalinity_of_ash", "灰分碱度"),
        ("magnesium", "镁"),
        ("total_phenols", "总酚"),
        ("flavanoids", "类黄酮"),
        ("nonflavanoid_phenols", "非黄酮酚"),
        ("proanthocyanins", "原花青素"),
        ("color_intensity", "颜色强度"),
        ("hue", "色调"),
        ("od280_od315_of_diluted_wines", "稀释酒 OD280/OD315"),
        ("proline", "脯氨酸"),
        ("target", "种植者"),
        ("class_0", "种植者 0"),
        ("class_1", "种植者 1"),
        ("class_2", "种植者 2"),
    ];
    among(&PAIRS, name)
}

fn breast_cancer(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 33] = [
        ("mean_radius", "平均半径"),
        ("mean_texture", "平均纹理"),
        ("mean_perimeter", "平均周长"),
        ("mean_area", "平均面积"),
        ("mean_smoothness", "平均平滑度"),
        ("mean_compactness", "平均紧致度"),
        ("mean_concavity", "平均凹度"),
        ("mean_concave_points", "平均凹点数"),
        ("mean_symmetry", "平均对称性"),
        ("mean_fractal_dimension", "平均分形维数"),
        ("radius_error", "半径标准误"),
        ("texture_error", "纹理标准误"),
        ("perimeter_error", "周长标准误"),
        ("area_error", "面积标准误"),
        ("smoothness_error", "平滑度标准误"),
        ("compactness_error", "紧致度标准误"),
        ("concavity_error", "凹度标准误"),
        ("concave_points_error", "凹点数标准误"),
        ("symmetry_error", "对称性标准误"),
        ("fractal_dimension_error", "分形维数标准误"),
        ("worst_radius", "最差半径"),
        ("worst_texture", "最差纹理"),
        ("worst_perimeter", "最差周长"),
        ("worst_area", "最差面积"),
        ("worst_smoothness", "最差平滑度"),
        ("worst_compactness", "最差紧致度"),
        ("worst_concavity", "最差凹度"),
        ("worst_concave_points", "最差凹点数"),
        ("worst_symmetry", "最差对称性"),
        ("worst_fractal_dimension", "最差分形维数"),
        ("target", "诊断"),
        ("benign", "良性"),
        ("malignant", "恶性"),
    ];
    among(&PAIRS, name)
}

fn titanic(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 14] = [
        ("class", "舱位"),
        ("1st class", "头等舱"),
        ("2nd class", "二等舱"),
        ("3rd class", "三等舱"),
        ("crew", "船员"),
        ("age", "年龄段"),
        ("adults", "成人"),
        ("child", "儿童"),
        ("sex", "性别"),
        ("man", "男"),
        ("women", "女"),
        ("survived", "生还"),
        ("no", "否"),
        ("yes", "是"),
    ];
    among(&PAIRS, name)
}

fn adult(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 16] = [
        ("age", "年龄"),
        ("workclass", "工作性质"),
        ("education_num", "受教育年数"),
        ("marital_status", "婚姻状况"),
        ("occupation", "职业"),
        ("relationship", "家庭关系"),
        ("race", "种族"),
        ("sex", "性别"),
        ("capital_gain", "资本收益"),
        ("capital_loss", "资本损失"),
        ("hours_per_week", "每周工时"),
        ("income", "收入"),
        ("<=50K", "至多 5 万美元"),
        (">50K", "超过 5 万美元"),
        ("Female", "女"),
        ("Male", "男"),
    ];
    among(&PAIRS, name)
}

/// The words of the census's columns.
fn adult_words(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 39] = [
        ("Federal-gov", "联邦政府"),
        ("Local-gov", "地方政府"),
        ("Private", "私营企业"),
        ("Self-emp-inc", "自营（公司）"),
        ("Self-emp-not-inc", "自营（非公司）"),
        ("State-gov", "州政府"),
        ("Without-pay", "无薪"),
        ("Divorced", "离婚"),
        ("Married-AF-spouse", "已婚（军人配偶）"),
        ("Married-civ-spouse", "已婚"),
        ("Married-spouse-absent", "已婚（配偶不在）"),
        ("Never-married", "未婚"),
        ("Separated", "分居"),
        ("Widowed", "丧偶"),
        ("Adm-clerical", "行政文员"),
        ("Armed-Forces", "军人"),
        ("Craft-repair", "手工与维修"),
        ("Exec-managerial", "管理人员"),
        ("Farming-fishing", "农业与渔业"),
        ("Handlers-cleaners", "搬运与清洁"),
        ("Machine-op-inspct", "机械操作与检验"),
        ("Other-service", "其他服务"),
        ("Priv-house-serv", "家政服务"),
        ("Prof-specialty", "专业人员"),
        ("Protective-serv", "安保"),
        ("Sales", "销售"),
        ("Tech-support", "技术支持"),
        ("Transport-moving", "运输"),
        ("Husband", "丈夫"),
        ("Not-in-family", "非家庭成员"),
        ("Other-relative", "其他亲属"),
        ("Own-child", "子女"),
        ("Unmarried", "未婚同住"),
        ("Wife", "妻子"),
        ("Amer-Indian-Eskimo", "美洲原住民"),
        ("Asian-Pac-Islander", "亚太裔"),
        ("Black", "黑人"),
        ("Other", "其他"),
        ("White", "白人"),
    ];
    among(&PAIRS, name)
}

fn diabetes(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 11] = [
        ("age", "年龄"),
        ("sex", "性别"),
        ("bmi", "体重指数"),
        ("bp", "平均血压"),
        ("s1", "总胆固醇"),
        ("s2", "低密度脂蛋白"),
        ("s3", "高密度脂蛋白"),
        ("s4", "总胆固醇 ÷ 高密度脂蛋白"),
        ("s5", "甘油三酯（对数）"),
        ("s6", "血糖"),
        ("target", "一年后的病情"),
    ];
    among(&PAIRS, name)
}

fn cars(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 12] = [
        ("name", "车名"),
        ("miles_per_gallon", "每加仑英里数"),
        ("cylinders", "气缸数"),
        ("displacement", "排量"),
        ("horsepower", "马力"),
        ("weight_in_lbs", "重量（磅）"),
        ("acceleration", "加速（秒）"),
        ("year", "年份"),
        ("origin", "产地"),
        ("Europe", "欧洲"),
        ("Japan", "日本"),
        ("USA", "美国"),
    ];
    among(&PAIRS, name)
}

fn houses(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 10] = [
        ("beds", "卧室数"),
        ("baths", "浴室数"),
        ("sqft", "面积（平方英尺）"),
        ("type", "类型"),
        ("Condo", "公寓"),
        ("Multi_Family", "多户住宅"),
        ("Residential", "独立住宅"),
        ("price", "价格（美元）"),
        ("latitude", "纬度"),
        ("longitude", "经度"),
    ];
    among(&PAIRS, name)
}

fn pictures(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 20] = [
        ("T-shirt", "T 恤"),
        ("trouser", "裤子"),
        ("pullover", "套衫"),
        ("dress", "连衣裙"),
        ("coat", "外套"),
        ("sandal", "凉鞋"),
        ("shirt", "衬衫"),
        ("sneaker", "运动鞋"),
        ("bag", "包"),
        ("ankle boot", "短靴"),
        ("smiley", "笑脸"),
        ("person", "人物"),
        ("hand", "手势"),
        ("animal", "动物"),
        ("food", "食物"),
        ("vehicle", "交通工具"),
        ("building", "建筑"),
        ("clothing", "衣物"),
        ("weather", "天气"),
        ("flag", "旗帜"),
    ];
    among(&PAIRS, name)
}

fn tasks(name: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 5] = [
        ("female", "女"),
        ("male", "男"),
        ("number", "数"),
        ("mark", "标记"),
        ("sum of the marked numbers", "带标记的两数之和"),
    ];
    among(&PAIRS, name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::sets::{self, SetKind};
    use crate::spec::tables::ColumnKind;

    #[test]
    fn every_shipped_column_and_class_has_a_chinese_name() {
        for set in sets::sets() {
            let names: Vec<&str> = match set.kind {
                SetKind::Table(table) => table
                    .columns
                    .iter()
                    .flat_map(|c| match c.kind {
                        ColumnKind::Words(words) => [&[c.name], words].concat(),
                        ColumnKind::Number => vec![c.name],
                        ColumnKind::Unused => Vec::new(),
                    })
                    .collect(),
                SetKind::Pictures { names, .. } => names.to_vec(),
                _ => Vec::new(),
            };
            for name in names {
                assert!(chinese(set.name, name).is_some(), "{}: {name}", set.name);
            }
        }
    }
}
