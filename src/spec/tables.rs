//! The columns of the shipped tables: their names, kinds and categories, so that a network can be shaped before the
//! file has been fetched.
//!
//! Not responsible for reading the files: `engine::data::table` does, and refuses a file that differs from what is
//! written here. Categories are listed in the order in which they are one-hot encoded; class names likewise.

/// What a column of a shipped table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Numbers.
    Number,
    /// One of these words; as input it becomes one 0/1 column for each.
    Words(&'static [&'static str]),
    /// Not used, for the reason in the table's docs.
    Unused,
}

/// One column of a shipped table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name in the header of the file.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A shipped table. Rows with an empty cell in a used column are left out and not counted here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Columns in the order of the file.
    pub columns: &'static [Column],
    /// Index of the column to predict: words make a classification, numbers a regression.
    pub target: usize,
    /// Usable rows (of the training file when there are two).
    pub rows: usize,
    /// Usable rows of the test file; 0 when there is none.
    pub test_rows: usize,
}

impl Table {
    /// The column to predict.
    pub const fn target(&self) -> &Column {
        &self.columns[self.target]
    }

    /// Class names of a classification; empty for a regression.
    pub const fn classes(&self) -> &'static [&'static str] {
        match self.target().kind {
            ColumnKind::Words(words) => words,
            ColumnKind::Number | ColumnKind::Unused => &[],
        }
    }

    /// Indices of the columns that are inputs.
    pub fn inputs(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.columns.len()).filter(|&i| i != self.target && self.columns[i].kind != ColumnKind::Unused)
    }

    /// Names of the input features after one-hot encoding: `age`, `sex=male`, ….
    pub fn feature_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for i in self.inputs() {
            let column = &self.columns[i];
            match column.kind {
                ColumnKind::Number => names.push(column.name.to_string()),
                ColumnKind::Words(words) => names.extend(words.iter().map(|w| format!("{}={w}", column.name))),
                ColumnKind::Unused => {}
            }
        }
        names
    }
}

const fn num(name: &'static str) -> Column {
    Column { name, kind: ColumnKind::Number }
}

const fn words(name: &'static str, words: &'static [&'static str]) -> Column {
    Column { name, kind: ColumnKind::Words(words) }
}

const fn unused(name: &'static str) -> Column {
    Column { name, kind: ColumnKind::Unused }
}

/// Three species of iris, four measurements in cm.
pub static IRIS: Table = Table {
    columns: &[
        num("sepal_length"),
        num("sepal_width"),
        num("petal_length"),
        num("petal_width"),
        words("target", &["setosa", "versicolor", "virginica"]),
    ],
    target: 4,
    rows: 150,
    test_rows: 0,
};

/// Three species of penguin. `year` is when they were measured, no property of a bird.
pub static PENGUINS: Table = Table {
    columns: &[
        words("species", &["Adelie", "Chinstrap", "Gentoo"]),
        words("island", &["Biscoe", "Dream", "Torgersen"]),
        num("bill_length_mm"),
        num("bill_depth_mm"),
        num("flipper_length_mm"),
        num("body_mass_g"),
        words("sex", &["female", "male"]),
        unused("year"),
    ],
    target: 0,
    rows: 333,
    test_rows: 0,
};

/// Three growers of one grape, thirteen chemical measurements.
pub static WINE: Table = Table {
    columns: &[
        num("alcohol"),
        num("malic_acid"),
        num("ash"),
        num("alcalinity_of_ash"),
        num("magnesium"),
        num("total_phenols"),
        num("flavanoids"),
        num("nonflavanoid_phenols"),
        num("proanthocyanins"),
        num("color_intensity"),
        num("hue"),
        num("od280_od315_of_diluted_wines"),
        num("proline"),
        words("target", &["class_0", "class_1", "class_2"]),
    ],
    target: 13,
    rows: 178,
    test_rows: 0,
};

/// Cell nuclei in a breast mass, thirty measurements.
pub static BREAST_CANCER: Table = Table {
    columns: &[
        num("mean_radius"),
        num("mean_texture"),
        num("mean_perimeter"),
        num("mean_area"),
        num("mean_smoothness"),
        num("mean_compactness"),
        num("mean_concavity"),
        num("mean_concave_points"),
        num("mean_symmetry"),
        num("mean_fractal_dimension"),
        num("radius_error"),
        num("texture_error"),
        num("perimeter_error"),
        num("area_error"),
        num("smoothness_error"),
        num("compactness_error"),
        num("concavity_error"),
        num("concave_points_error"),
        num("symmetry_error"),
        num("fractal_dimension_error"),
        num("worst_radius"),
        num("worst_texture"),
        num("worst_perimeter"),
        num("worst_area"),
        num("worst_smoothness"),
        num("worst_compactness"),
        num("worst_concavity"),
        num("worst_concave_points"),
        num("worst_symmetry"),
        num("worst_fractal_dimension"),
        words("target", &["benign", "malignant"]),
    ],
    target: 30,
    rows: 569,
    test_rows: 0,
};

/// Who survived the Titanic: four classes, age and sex as words.
pub static TITANIC: Table = Table {
    columns: &[
        words("class", &["1st class", "2nd class", "3rd class", "crew"]),
        words("age", &["adults", "child"]),
        words("sex", &["man", "women"]),
        words("survived", &["no", "yes"]),
    ],
    target: 3,
    rows: 2201,
    test_rows: 0,
};

/// Income above or below 50,000 dollars in the US Census of 1994; a lesson in fairness. The shipped test file has no
/// row for `Armed-Forces`.
pub static ADULT: Table = Table {
    columns: &[
        num("age"),
        words(
            "workclass",
            &["Federal-gov", "Local-gov", "Private", "Self-emp-inc", "Self-emp-not-inc", "State-gov", "Without-pay"],
        ),
        num("education_num"),
        words(
            "marital_status",
            &[
                "Divorced",
                "Married-AF-spouse",
                "Married-civ-spouse",
                "Married-spouse-absent",
                "Never-married",
                "Separated",
                "Widowed",
            ],
        ),
        words(
            "occupation",
            &[
                "Adm-clerical",
                "Armed-Forces",
                "Craft-repair",
                "Exec-managerial",
                "Farming-fishing",
                "Handlers-cleaners",
                "Machine-op-inspct",
                "Other-service",
                "Priv-house-serv",
                "Prof-specialty",
                "Protective-serv",
                "Sales",
                "Tech-support",
                "Transport-moving",
            ],
        ),
        words("relationship", &["Husband", "Not-in-family", "Other-relative", "Own-child", "Unmarried", "Wife"]),
        words("race", &["Amer-Indian-Eskimo", "Asian-Pac-Islander", "Black", "Other", "White"]),
        words("sex", &["Female", "Male"]),
        num("capital_gain"),
        num("capital_loss"),
        num("hours_per_week"),
        words("income", &["<=50K", ">50K"]),
    ],
    target: 11,
    rows: 4999,
    test_rows: 1500,
};

/// How far diabetes went in a year.
pub static DIABETES: Table = Table {
    columns: &[
        num("age"),
        num("sex"),
        num("bmi"),
        num("bp"),
        num("s1"),
        num("s2"),
        num("s3"),
        num("s4"),
        num("s5"),
        num("s6"),
        num("target"),
    ],
    target: 10,
    rows: 442,
    test_rows: 0,
};

/// Fuel use of cars 1970–1982. `name` has a word of its own for nearly each car.
pub static CARS_MPG: Table = Table {
    columns: &[
        unused("name"),
        num("miles_per_gallon"),
        num("cylinders"),
        num("displacement"),
        num("horsepower"),
        num("weight_in_lbs"),
        num("acceleration"),
        num("year"),
        words("origin", &["Europe", "Japan", "USA"]),
    ],
    target: 1,
    rows: 392,
    test_rows: 0,
};

/// Price of houses in dollars.
pub static SACRAMENTO_HOUSES: Table = Table {
    columns: &[
        num("beds"),
        num("baths"),
        num("sqft"),
        words("type", &["Condo", "Multi_Family", "Residential"]),
        num("price"),
        num("latitude"),
        num("longitude"),
    ],
    target: 4,
    rows: 932,
    test_rows: 0,
};
