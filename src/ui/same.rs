//! A shared value that is compared by address. The page's state is replaced, never changed in place, so the same address
//! means the same content; comparing a pasted table or a map once per frame would cost more than drawing it.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// See the module.
pub struct Same<T: ?Sized>(pub Rc<T>);

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Same(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> fmt::Debug for Same<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Same")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_content_elsewhere_is_not_the_same() {
        let one = Same(Rc::new([1.0, 2.0]));
        assert!(one == one.clone() && one != Same(Rc::new([1.0, 2.0])));
    }
}
