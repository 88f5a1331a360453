//! Questions for contradictions.

use super::{Lowerer, Lowering};
use crate::query::algebra::{ContradictionField, Plan, Sort};
use crate::query::question::ast::{Name, Qualifier};
use crate::text::Span;

impl Lowerer<'_> {
    /// The contradictions one of whose claims is about what is named and passes every qualifier.
    pub(super) fn contradictions(
        &mut self,
        of: Option<&Name>,
        qualifiers: &[Qualifier],
    ) -> Lowering<Plan> {
        let about = of.map(|name| self.entity(name)).transpose()?;
        let tests = self.tests(qualifiers, "a contradiction has several claims")?;
        let last = Span {
            start: u32::MAX,
            ..Span::default()
        };
        let fields = ContradictionField::ALL
            .map(|field| self.column(field.name(), Sort::Contradiction(field), None, last));
        let chain = self.hidden("claims", Sort::Chain, None);
        Ok(Plan::Contradictions {
            about,
            tests,
            fields,
            chain,
        })
    }
}
